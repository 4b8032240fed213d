import { hash } from 'node:crypto'
import { z } from 'zod'
import type { AnyQuestion, Example } from '../../questions/question.ts'
import { fieldsOf } from './question-input.ts'

export interface ApiPage {
  readonly html: string
  /** The Content-Security-Policy: the page needs nothing from anywhere, and runs nothing. */
  readonly policy: string
}

const STYLE = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent); --soft: color-mix(in srgb, currentColor 6%, transparent) }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem }
h1 { margin-bottom: .2rem } h2 { margin: 2.5rem 0 .3rem; border-top: 1px solid var(--line); padding-top: 1.2rem }
code, pre, input, select { font: 13px/1.45 ui-monospace, monospace }
pre { background: var(--soft); padding: .6rem .8rem; overflow-x: auto; border-radius: .4rem; margin: .4rem 0 }
table { border-collapse: collapse; width: 100% } td { border-bottom: 1px solid var(--line); padding: .35rem .6rem .35rem 0; vertical-align: top }
td:first-child { white-space: nowrap } input, select { width: 16rem; padding: .2rem .4rem } nav a { margin-right: .9rem; display: inline-block }
button { font: inherit; margin: .6rem 0; padding: .25rem 1rem } summary { cursor: pointer; margin: .4rem 0 } .quiet { opacity: .7 }
`

/** The API for people, on one page that stands alone: its forms ask in the name of whoever works on this machine. */
export function apiPage(questions: ReadonlyMap<string, AnyQuestion>): ApiPage {
  const all = [...questions.values()]
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Cadastre: HTTP API</title><style>${STYLE}</style></head><body>
<h1>Cadastre</h1>
<p>What exists in your clouds, where, who changed it and when. Each question is a <code>GET</code> with its input in the query, or a
<code>POST</code> with its input as JSON. <a href="/openapi.json">openapi.json</a> describes the same for programs.</p>
<pre>curl -H "Authorization: Bearer $TOKEN" "$CADASTRE/v1/where?what=10.12.7.31"</pre>
<p class="quiet">Errors are <code>application/problem+json</code> (RFC 9457), each with what to do and the <code>X-Request-Id</code>. What may not be
seen is answered like what does not exist. Pages are linked (<code>Link</code>), answers about the past have an <code>ETag</code>, and
<code>Accept: application/x-ndjson</code> brings lists of any length, line by line. The forms below work without a token only where none is needed.</p>
<nav>${all.map(({ name }) => `<a href="#${html$(name)}">${html$(name)}</a>`).join('')}</nav>
${all.map(sectionOf).join('\n')}
</body></html>
`
  const style = hash('sha256', STYLE, 'base64')
  const policy = `default-src 'none'; style-src 'sha256-${style}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`
  return { html, policy }
}

function sectionOf(question: AnyQuestion): string {
  const { name, purpose, examples, follow } = question
  const stream =
    follow === undefined
      ? ''
      : `<p><code>GET /v1/${name}/stream</code>: the same as they become known, as CloudEvents over server-sent events; with
<code>Last-Event-ID</code> (or <code>position=</code>) it goes on behind the last one.</p>`
  return `<section id="${html$(name)}"><h2>${html$(name)}</h2><p>${html$(purpose)}.</p>
<form action="/v1/${html$(name)}" method="get"><table>${rowsOf(question)}</table><button>Ask</button></form>
${examples.map((example: Example<Record<string, unknown>>) => exampleOf(name, example)).join('\n')}
${stream}<details><summary>The answer's form</summary><pre>${html$(outputOf(question))}</pre></details></section>`
}

function rowsOf(question: AnyQuestion): string {
  const described = question.input.shape as Readonly<Record<string, { readonly description?: string }>>
  return [...fieldsOf(question)]
    .map(([field, { kind, isList, default: given, choices }]) => {
      const input =
        choices.length > 0 || kind === 'boolean'
          ? `<select name="${html$(field)}">${['', ...(kind === 'boolean' ? ['true'] : choices)].map(choice => `<option>${html$(choice)}</option>`).join('')}</select>`
          : `<input name="${html$(field)}"${given === undefined || isList ? '' : ` placeholder="${html$(String(given))}"`}>`
      return `<tr><td><code>${html$(field)}</code></td><td>${html$(described[field]?.description ?? '')}</td><td>${input}</td></tr>`
    })
    .join('')
}

function exampleOf(name: string, { title, input }: Example<Record<string, unknown>>): string {
  const query = new URLSearchParams(
    Object.entries(input).flatMap(([field, value]) =>
      [value].flat().map((each): [string, string] => [field, String(each)]),
    ),
  )
  return `<pre><span class="quiet">${html$(title)}</span>\n<a href="/v1/${html$(`${name}?${query}`)}">GET /v1/${html$(`${name}?${decodeURIComponent(String(query))}`)}</a></pre>`
}

function outputOf({ output }: AnyQuestion): string {
  const { $schema: _, ...schema } = z.toJSONSchema(output, { unrepresentable: 'any' })
  return JSON.stringify(schema, undefined, 2)
}

function html$(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)
}
