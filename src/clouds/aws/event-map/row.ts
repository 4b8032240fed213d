import type { Action } from '../../../model/change.ts'
import { type Path, parsePath } from './values.ts'

/**
 * What a write operation does, as the map says it. Its text, made by the generator and read in reviews:
 *
 *   create AWS::IAM::AccessKey response.accessKey.accessKeyId @noun; update AWS::IAM::User request.userName @override
 *   update AWS::ECS::Service response.service.serviceArn,request.service | request.cluster @noun
 *   named request.resourceArn          the ARN or EC2 id there decides the type
 *   none: data plane                   touches no asset
 *   read                               changes nothing, though its verb does not say so
 *   unmapped                           a write that no rule places
 *
 *   delete AWS::Lambda::Alias request.functionName+request.name @noun      an ARN, made from its template's variables
 *   update AWS::SecurityHub::Hub place @permission                          an ARN that its account and region decide
 *
 * Commas separate alternatives, best first, `|` the parts of an identifier. `?` behind the action: only if it is there.
 */
export type Row =
  | { readonly kind: 'assets'; readonly targets: readonly RowTarget[] }
  | { readonly kind: 'named'; readonly paths: readonly Path[] }
  | { readonly kind: 'none'; readonly reason: string }
  /** A read whose verb does not say so. */
  | { readonly kind: 'read' }
  | { readonly kind: 'unmapped' }

/** One path, or the paths of an ARN's variables in their order. */
export type Alternative = readonly Path[]

export interface RowTarget {
  readonly action: Action
  readonly isOptional: boolean
  readonly type: string
  /** Per part of the identifier its alternatives, best first; empty when the event does not carry it. */
  readonly parts: readonly (readonly Alternative[])[]
  readonly derivation: string
}

/** Reads a row's text. Throws a RangeError on text that the generator never writes. */
export function parseRow(text: string): Row {
  if (text === 'unmapped') return { kind: 'unmapped' }
  if (text === 'read') return { kind: 'read' }
  if (text.startsWith('none: ')) return { kind: 'none', reason: text.slice(6) }
  if (text.startsWith('named ')) return { kind: 'named', paths: text.slice(6).split(',').map(parsePath) }
  return { kind: 'assets', targets: text.split('; ').map(parseTarget) }
}

function parseTarget(text: string): RowTarget {
  const [head = '', derivation = ''] = text.split(' @')
  const [verb = '', type = '', ...rest] = head.split(' ')
  const action = verb.replace('?', '')
  if (!isAction(action) || type === '') throw new RangeError(`not a row of the event map: ${text}`)
  const paths = rest.join(' ')
  const parts =
    paths === '' ? [] : paths.split(' | ').map(part => part.split(',').map(text => text.split('+').map(parsePath)))
  return { action, isOptional: verb.endsWith('?'), type, parts, derivation }
}

function isAction(text: string): text is Action {
  return text === 'create' || text === 'update' || text === 'delete'
}
