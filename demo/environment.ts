import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import type { ConfigFile } from '../src/config.ts'
import { MANAGEMENT_CREDENTIALS } from './organisation/clients.ts'

/** What a person exports to ask the demo's registry from another shell. */
export function exportsFor(home: string): Record<string, string> {
  return {
    CADASTRE_HOME: home,
    AWS_ACCESS_KEY_ID: MANAGEMENT_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: MANAGEMENT_CREDENTIALS.secretAccessKey,
  }
}

/**
 * Points this process at the demo: the configuration file in its folder names the simulator, and whatever the person has set for
 * real accounts is taken out of the environment, in which the AWS SDK looks by itself.
 */
export async function enterDemo(
  home: string,
  aws: NonNullable<z.input<typeof ConfigFile>['aws']>,
): Promise<Readonly<Record<string, string | undefined>>> {
  await writeFile(join(home, 'cadastre.json'), `${JSON.stringify({ aws }, undefined, 2)}\n`)
  for (const name of Object.keys(process.env))
    if (/^(AWS_|CADASTRE_(?!DEBUG$)|DATABASE_URL$)/.test(name)) delete process.env[name]
  // Files that do not exist: the person's own profiles are not read either.
  const noFiles = { AWS_CONFIG_FILE: join(home, 'none'), AWS_SHARED_CREDENTIALS_FILE: join(home, 'none') }
  Object.assign(process.env, exportsFor(home), noFiles, { AWS_EC2_METADATA_DISABLED: 'true' })
  return { ...process.env }
}
