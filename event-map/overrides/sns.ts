import { overrides } from '../overrides.ts'

export default overrides('sns', {
  Subscribe: {
    row: 'create AWS::SNS::Subscription response.subscriptionArn; update? AWS::SNS::Topic request.topicArn',
    why: 'the operation is a verb without an object; before it is confirmed, a subscription has no ARN',
    example: {
      request: { topicArn: 'arn:aws:sns:eu-west-1:111122223333:orders', protocol: 'sqs' },
      response: { subscriptionArn: 'arn:aws:sns:eu-west-1:111122223333:orders:11' },
      assets: [
        'create AWS::SNS::Subscription arn:aws:sns:eu-west-1:111122223333:orders:11',
        'update AWS::SNS::Topic arn:aws:sns:eu-west-1:111122223333:orders',
      ],
    },
  },
  ConfirmSubscription: {
    row: 'create AWS::SNS::Subscription response.subscriptionArn; update? AWS::SNS::Topic request.topicArn',
    why: 'a subscription gets its ARN when it is confirmed',
    example: {
      request: { topicArn: 'arn:aws:sns:eu-west-1:111122223333:orders' },
      response: { subscriptionArn: 'arn:aws:sns:eu-west-1:111122223333:orders:11' },
      assets: [
        'create AWS::SNS::Subscription arn:aws:sns:eu-west-1:111122223333:orders:11',
        'update AWS::SNS::Topic arn:aws:sns:eu-west-1:111122223333:orders',
      ],
    },
  },
  Unsubscribe: {
    row: 'delete AWS::SNS::Subscription request.subscriptionArn',
    why: 'the operation is a verb without an object, and this is what ends a subscription',
    example: {
      request: { subscriptionArn: 'arn:aws:sns:eu-west-1:111122223333:orders:11' },
      assets: ['delete AWS::SNS::Subscription arn:aws:sns:eu-west-1:111122223333:orders:11'],
    },
  },
})
