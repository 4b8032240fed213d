import { expect, test } from 'vitest'
import { S3InRegions } from './s3-regions.ts'

const settings = {
  region: 'us-east-1',
  credentials: async () => ({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' }),
  maxAttempts: 1,
  customUserAgent: 'test',
}

test('every region has one client of its own, which signs for that region', async () => {
  const client = new S3InRegions(settings)
  const frankfurt = client.in('eu-central-1')
  expect(await frankfurt.config.region()).toBe('eu-central-1')
  expect(client.in('eu-central-1')).toBe(frankfurt)
  expect(client.in('us-east-1')).toBe(client)
  client.destroy()
})
