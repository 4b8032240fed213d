/** What a value says about change, for surfaces that have colours. */
export type Tone = 'created' | 'changed' | 'gone' | 'quiet'

/** One value to show. Surfaces know how to write times (relative, absolute) and accounts (name and id). */
export type Cell =
  | string
  | number
  | boolean
  | null
  | { readonly time: string }
  /** The same to the second and without how long ago: for rows that follow each other closely. */
  | { readonly moment: string }
  | { readonly text: string; readonly tone: Tone }
  | { readonly account: string; readonly accountName: string | null }

/** A part of an answer in a form that every surface can show. Strings hold names from the cloud: surfaces make them safe. */
export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'fields'; readonly title: string | null; readonly fields: readonly (readonly [string, Cell])[] }
  | {
      readonly kind: 'table'
      readonly title: string | null
      readonly columns: readonly string[]
      readonly rows: readonly (readonly Cell[])[]
      /** What belongs to each row and is too long for a column: lines below it. */
      readonly details?: readonly (readonly Cell[])[]
    }

export function text(text: string): Block {
  return { kind: 'text', text }
}

/** Fields with a value; those that are null are left out. */
export function fields(title: string | null, all: Readonly<Record<string, Cell | undefined>>): Block {
  const given = Object.entries(all).filter(
    (field): field is [string, Cell] => field[1] !== null && field[1] !== undefined,
  )
  return { kind: 'fields', title, fields: given }
}

/** A table, or nothing where there is no row. */
export function table(title: string | null, columns: readonly string[], rows: readonly (readonly Cell[])[]): Block[] {
  return rows.length === 0 ? [] : [{ kind: 'table', title, columns, rows }]
}

/** A row with the lines that belong to it. */
export interface Entry {
  readonly row: readonly Cell[]
  readonly details: readonly Cell[]
}

/** A table whose rows have lines of their own below them, or nothing where there is no row. */
export function entries(title: string | null, columns: readonly string[], all: readonly Entry[]): Block[] {
  if (all.length === 0) return []
  return [
    { kind: 'table', title, columns, rows: all.map(({ row }) => row), details: all.map(({ details }) => details) },
  ]
}

/** A time as a cell; null stays null. */
export function time(iso: string | null): Cell {
  return iso === null ? null : { time: iso }
}

export function moment(iso: string): Cell {
  return { moment: iso }
}

export function toned(text: string, tone: Tone): Cell {
  return { text, tone }
}
