import type { Connection } from '../database.ts'

export async function readSetting(connection: Connection, key: string): Promise<string | undefined> {
  const { rows } = await connection.query<{ value: string }>('select value from setting where key = $1', [key])
  return rows[0]?.value
}

export async function saveSetting(connection: Connection, key: string, value: string): Promise<void> {
  await connection.query({
    name: 'index-setting',
    text: 'insert into setting (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value',
    values: [key, value],
  })
}
