import { z } from 'zod'

const UNITS_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const
/** The longest wait that is still an answer. */
const LIMIT_MS_MAX = 60_000

/** `500ms`, `30s`, `15m`, `6h`, `1d`, in milliseconds. */
const Duration = z
  .string()
  .regex(/^[1-9]\d{0,8}(?:ms|s|m|h|d)$/, 'a duration such as 30s, 15m or 6h')
  .transform(text => {
    const [, number = '', unit = ''] = /^(\d+)([a-z]+)$/.exec(text) ?? []
    return Number(number) * UNITS_MS[unit as keyof typeof UNITS_MS]
  })

/** How old a fact may be; `any`: as old as it is. */
const MaximumAge = z.union([z.literal('any').transform(() => Number.POSITIVE_INFINITY), Duration], {
  error: 'a duration such as 30s, 15m or 6h, or any',
})
/** What is said of a type that there cannot be would hold for nothing. */
const Type = z
  .string()
  .regex(/^[\w.-]+(::\w+::(\w+|\*)|\/(\w+|\*))$/, 'a type such as AWS::EC2::Instance, or all of a service: AWS::EC2::*')
const Types = z.record(Type, MaximumAge).default({})

/** How fresh facts have to be for which question and type, and what reading the cloud for an answer may cost: docs/router.md. */
export const FreshnessSettings = z.strictObject({
  default: MaximumAge.prefault('any'),
  /** By type (`AWS::EC2::Instance`) or all types of a service (`AWS::EC2::*`). */
  types: Types,
  /** By question: for all its types, or by type. */
  questions: z
    .record(z.string(), z.union([MaximumAge, z.strictObject({ default: MaximumAge.optional(), types: Types })]))
    .default({}),
  /** How long an answer may wait for all that is read for it; then it comes from the index. */
  limit: Duration.refine(ms => ms <= LIMIT_MS_MAX, 'at most 60s').prefault('2s'),
  /** How many assets are read again for one answer. */
  assets: z.int().min(1).max(50).default(50),
})
export type FreshnessSettings = z.infer<typeof FreshnessSettings>

/**
 * How old a fact about a type may be for a question, in milliseconds. What is said of the question comes before what is said of the type,
 * because it says what the answer is for; of both the most specific counts.
 */
export function maximumAgeMs(settings: FreshnessSettings, question: string, type: string): number {
  const said = settings.questions[question]
  const ofQuestion = typeof said === 'object' ? (ofType(said.types, type) ?? said.default) : said
  return ofQuestion ?? ofType(settings.types, type) ?? settings.default
}

/** Whether an answer that found nothing is fresh enough: where every fact has a maximum age, so has that there is none. */
export function mayFindNothing({ questions, default: general }: FreshnessSettings, question: string): boolean {
  const said = questions[question]
  const ofQuestion = typeof said === 'object' ? said.default : said
  return (ofQuestion ?? general) === Number.POSITIVE_INFINITY
}

/** Whether the cloud is ever to be read without somebody asking for it. */
export function hasMaximumAge({ default: general, types, questions }: FreshnessSettings): boolean {
  const ages = Object.values(questions).flatMap(said =>
    typeof said === 'object' ? [said.default, ...Object.values(said.types)] : [said],
  )
  return [general, ...Object.values(types), ...ages].some(age => age !== undefined && age !== Number.POSITIVE_INFINITY)
}

function ofType(types: Readonly<Record<string, number>>, type: string): number | undefined {
  const own = (name: string) => (Object.hasOwn(types, name) ? types[name] : undefined)
  return own(type) ?? own(type.replace(/[^:/]*$/, '*'))
}
