import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import type { Settings, Site } from '../../../demo/organisation/clients.ts'

/** A session of a role in some account. Moto asks neither for the account nor for the role to exist. */
export interface Session {
  readonly account: string
  readonly credentials: Settings['credentials']
}

export const CALLER = { accessKeyId: 'AKIAOPERATOR', secretAccessKey: 'simulated' }

/** Settings of clients that speak to the simulator. */
export function settingsFor(endpoint: string, credentials: Settings['credentials'] = CALLER, region = 'eu-west-1') {
  return { endpoint, region, credentials, forcePathStyle: true, maxAttempts: 1 }
}

/** Assumes a role, as a person or a pipeline does. */
export async function assume(endpoint: string, account: string, name: string): Promise<Session> {
  const sts = new STSClient(settingsFor(endpoint))
  const RoleArn = `arn:aws:iam::${account}:role/deploy`
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: name }))
  sts.destroy()
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {}
  return {
    account,
    credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken },
  }
}

/** Clients of one account and region. */
export function siteOf(endpoint: string, { account, credentials }: Session, region = 'eu-west-1'): Site {
  return {
    account,
    region,
    client: Service => new Service(settingsFor(endpoint, credentials, region) as unknown as Settings),
  }
}
