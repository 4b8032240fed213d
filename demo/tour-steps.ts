import { CHANGED_BY, type Changes, protagonists } from './changes.ts'
import type { Organisation } from './organisation/build.ts'
import { known } from './organisation/known.ts'
import type { Step } from './tour.ts'

/** What is asked after the first scan. */
export function firstSteps(organisation: Organisation): Step[] {
  const { address, holder, key, robot, bucket } = protagonists(organisation)
  const { domain } = organisation.plan
  const shopAccount = known(organisation.accounts.get('shop-production'))
  return [
    {
      says: 'An address in a log. Whose is it?',
      args: ['where', address.publicIp],
      expects: [holder.name, holder.id, 'shop-production', shopAccount],
    },
    {
      says: 'A private address does as well.',
      args: ['where', holder.privateIp],
      expects: [holder.name, 'shop-production'],
    },
    {
      says: 'An access key turns up where it should not be. Whose is it?',
      args: ['key', key],
      expects: [robot, 'shop-production', 'Active'],
    },
    {
      says: 'Where does the shop lead to?',
      args: ['dns', `www.${domain}`],
      expects: [`shop.${domain}`, 'cloudfront.net', 'elb.amazonaws.com', 'shop-production'],
    },
    {
      says: 'A name of one account that ends in another.',
      args: ['dns', `pay.${domain}`],
      expects: [`api.payments.${domain}`, 'network', 'payments-production'],
    },
    {
      says: 'A name that leads into nothing: whoever gets that load balancer name next gets the visitors.',
      args: ['dns', `summer-sale.${domain}`],
      expects: ['dangling'],
    },
    {
      says: 'Is this bucket safe?',
      args: ['bucket', bucket],
      expects: ['payments-production', 'aws:kms', 'not public'],
    },
  ]
}

/** What is asked once it is known who did what before there was a registry; `trail`: where that is written. */
export function historySteps(organisation: Organisation, trail: string): Step[] {
  const { bucket } = protagonists(organisation)
  return [
    {
      says: 'A scan does not see who made all this. The log files of the trail do.',
      args: ['import', trail],
      expects: [],
      isWork: true,
    },
    {
      says: 'The very first version of the bucket has its author now.',
      args: ['history', bucket],
      expects: ['payments-pipeline', 'ci-deploy', 'terraform'],
    },
  ]
}

/** What is asked after the changes; `before` lies between the first scan and the changes. */
export function laterSteps(organisation: Organisation, { newKey }: Changes, before: Date): Step[] {
  const { address, holder, nextHolder, key, robot, bucket, instance } = protagonists(organisation)
  const at = ['--at', before.toISOString()]
  return [
    {
      says: 'The address has another owner now.',
      args: ['where', address.publicIp],
      expects: [nextHolder.name, nextHolder.id],
    },
    {
      says: 'Who had it when the log was written?',
      args: ['where', address.publicIp, ...at],
      expects: [holder.name, holder.id],
    },
    { says: 'The old key is deleted, and still known.', args: ['key', key], expects: [robot, 'deleted'] },
    { says: 'The new one.', args: ['key', newKey], expects: [robot, 'Active'] },
    {
      says: 'The bucket lost something.',
      args: ['bucket', bucket],
      expects: ['not public', CHANGED_BY.bucket.name],
      lacks: ['encryption aws:kms'],
    },
    { says: 'It was there before.', args: ['bucket', bucket, ...at], expects: ['aws:kms'] },
    {
      says: 'Who took it away, how, and from where?',
      args: ['timeline', bucket],
      expects: ['ServerSideEncryptionConfiguration', 'delete bucket encryption', CHANGED_BY.bucket.name, 'boto3'],
    },
    {
      says: 'What else did the one on call do?',
      args: ['who', 'dina.fischer'],
      expects: [CHANGED_BY.address.name, 'associate address', 'shop-production'],
    },
    {
      says: 'The address of the terminated instance is free; who had it last is known.',
      args: ['where', instance.privateIp],
      expects: ['nobody', instance.name],
      exit: 1,
    },
    {
      says: 'What became of that instance?',
      args: ['history', instance.id],
      expects: [instance.name, 'terminated', 'running'],
    },
    {
      says: 'Everything of one team, wherever it is.',
      args: ['search', '--tag', 'team=payments', '--type', 'AWS::Lambda::Function'],
      expects: ['payments-authorise', 'payments-refund', 'payments-production'],
    },
    {
      says: 'How complete and how fresh is all this?',
      args: ['status'],
      expects: [/^[1-9],\d{3} assets .* 8 accounts/, 'no gaps'],
    },
  ]
}

/** What is asked after each of the company's stories has begun. */
export function liveSteps(organisation: Organisation): Step[] {
  const { group } = protagonists(organisation)
  return [
    {
      says: 'Who opened this security group to everybody?',
      args: ['timeline', group],
      expects: ['authorize security group ingress', 'dina.fischer@fernhill.example', '0.0.0.0/0'],
    },
    {
      says: 'A robot whose key may have leaked. What was done with it?',
      args: ['who', 'load-test'],
      expects: ['create user', 'support-backup', 'shop-staging', '198.51.100.213'],
    },
    {
      says: 'What changed last, wherever it is?',
      args: ['changes', '--since', '10m', '--limit', '5'],
      expects: ['the last 5 changes'],
    },
  ]
}
