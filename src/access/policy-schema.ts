import { z } from 'zod'

/*
 * The form of access.yaml. Every scalar comes as text, because YAML takes an account id for a number and drops its leading zeros
 * (src/access/read-policy.ts).
 */

/** One value, or a list of them. */
function listOf<Value extends z.ZodType<string, string>>(value: Value) {
  return z.preprocess(given => (Array.isArray(given) ? given : [given]), z.array(value).min(1, 'at least one'))
}

const Text = z.string().trim().min(1, 'a text that is not empty').max(512)
const Flag = z.enum(['true', 'false'], 'true or false').transform(text => text === 'true')

const TYPE = /^[A-Za-z0-9_.-]+(::[A-Za-z0-9]+::([A-Za-z0-9]+|\*)|\/([A-Za-z0-9]+|\*))$/
const Type = Text.regex(TYPE, 'a type such as AWS::EC2::Instance, or all of a service: AWS::EC2::*')
const AnyType = z.union(
  [z.literal('*'), Type],
  'a type such as AWS::EC2::Instance, all of a service (AWS::EC2::*), or *',
)

const Selector = z
  .strictObject({
    ids: listOf(Text).optional(),
    names: listOf(Text).optional(),
    units: listOf(Text.transform(path => path.replace(/^\/+|\/+$/g, ''))).optional(),
    tags: z.record(z.string(), listOf(Text)).optional(),
  })
  .refine(selector => Object.keys(selector).length > 0, 'says which accounts: by ids, names, units or tags')
const Selectors = z.preprocess(
  given => (Array.isArray(given) ? given : [given]),
  z.array(Selector).min(1, 'at least one'),
)

/** `*`, which is null from here on, or what the schema takes. */
function allOr<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess(
    given => (given === '*' || (Array.isArray(given) && given.includes('*')) ? null : given),
    schema.nullable(),
  )
}

/** Whoever writes `["*", audit]` means audit, which `*` does not stand for. */
const Questions = z.preprocess(
  (given, context) => {
    const message = '"*" is all questions but audit, and stands alone: let a grant of its own name audit'
    if (Array.isArray(given) && given.length > 1 && given.includes('*')) context.addIssue({ code: 'custom', message })
    return given
  },
  allOr(listOf(Text)),
)

const Field = Text.regex(/^[^.\s]+(\.[^.\s]+)*$/, 'a path such as Environment.Variables, without spaces').refine(
  field => !/^tags?(\.|$)/i.test(field),
  'tags cannot be hidden: assets are found by them',
)

const Grant = z.strictObject({
  description: Text.optional(),
  questions: Questions,
  accounts: allOr(Selectors),
  types: allOr(listOf(Type)),
  except: z
    .strictObject({ accounts: Selectors.optional(), types: listOf(Type).optional() })
    .default({})
    .transform(({ accounts = [], types = [] }) => ({ accounts, types })),
  hide: z.array(z.strictObject({ types: listOf(AnyType), fields: listOf(Field) })).default([]),
  live: Flag.default(false),
  channels: listOf(Text).default([]),
})

/** The ways to name a principal; what comes from a surface is made the same way by `namesOf`. */
const KINDS = {
  'slack-user': listOf(Text).optional(),
  'slack-group': listOf(Text).optional(),
  'mattermost-user': listOf(Text).optional(),
  'oidc-subject': listOf(Text).optional(),
  'oidc-group': listOf(Text).optional(),
  token: listOf(Text).optional(),
}

const Match = z
  .strictObject({
    ...KINDS,
    everyone: z.literal('true', 'true: whoever is known at all').optional(),
  })
  .transform(match =>
    Object.entries(match).flatMap(([kind, values]) =>
      typeof values === 'string' ? [kind] : (values ?? []).map(value => `${kind}:${value}`),
    ),
  )
  .refine(names => names.length > 0, `one of ${Object.keys(KINDS).join(', ')}, everyone`)

export const PolicySchema = z.strictObject({
  principals: z
    .array(
      z.strictObject({
        description: Text.optional(),
        match: z
          .preprocess(given => (Array.isArray(given) ? given : [given]), z.array(Match))
          .transform(all => all.flat()),
        grants: listOf(Text),
      }),
    )
    .default([]),
  grants: z.record(z.string(), Grant).default({}),
})
export type PolicySchema = z.infer<typeof PolicySchema>
