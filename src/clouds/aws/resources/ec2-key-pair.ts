import { DescribeKeyPairsCommand, EC2Client, type KeyPairInfo } from '@aws-sdk/client-ec2'
import { arnIn, defineResource, identifiers } from '../resource.ts'

export default defineResource<EC2Client, KeyPairInfo>({
  type: 'AWS::EC2::KeyPair',
  title: 'EC2 key pair',
  service: 'ec2',
  scope: 'regional',
  cadence: 'rest',
  permissions: ['ec2:DescribeKeyPairs'],
  client: settings => new EC2Client(settings),
  /** DescribeKeyPairs has no pages. */
  async *list(client) {
    yield (await client.send(new DescribeKeyPairsCommand({ IncludePublicKey: true }))).KeyPairs ?? []
  },
  async describe(client, names) {
    const Filters = [{ Name: 'key-name', Values: [...names] }]
    return (await client.send(new DescribeKeyPairsCommand({ Filters, IncludePublicKey: true }))).KeyPairs ?? []
  },
  gone: ['InvalidKeyPair.NotFound'],
  id: pair => pair.KeyName,
  arn: (pair, place) => arnIn(place, 'ec2', `key-pair/${pair.KeyName}`),
  name: pair => pair.KeyName,
  identifiers: pair => identifiers('id', pair.KeyPairId, pair.KeyFingerprint),
  unordered: ['Tags'],
  example: {
    item: {
      KeyName: 'ops',
      KeyPairId: 'key-0a1b2c3d4e5f60718',
      KeyType: 'ed25519',
      KeyFingerprint: 'kG5rLm0bq1Wl4q0mF2wYxkKq9wV8bX3sH1dT7nZ6a0c=',
      PublicKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExample ops',
      Tags: [{ Key: 'team', Value: 'platform' }],
    },
    asset: {
      id: 'ops',
      arn: 'arn:aws:ec2:eu-west-1:111122223333:key-pair/ops',
      name: 'ops',
      tags: { team: 'platform' },
      identifiers: [
        { kind: 'id', value: 'key-0a1b2c3d4e5f60718' },
        { kind: 'id', value: 'kG5rLm0bq1Wl4q0mF2wYxkKq9wV8bX3sH1dT7nZ6a0c=' },
      ],
    },
  },
})
