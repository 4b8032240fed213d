import { overrides } from '../overrides.ts'

const cluster = 'arn:aws:kafka:eu-west-1:111122223333:cluster/bus/1-1'
const connection = 'arn:aws:kafka:eu-west-1:444455556666:vpc-connection/111122223333/bus/1-2'

export default overrides('kafka', {
  RejectClientVpcConnection: {
    row: 'update AWS::MSK::VpcConnection request.vpcConnectionArn; update AWS::MSK::Cluster request.clusterArn',
    why: "a connection of another account ends; the ARNs come as they stand in the call's URL",
    example: {
      request: { clusterArn: encodeURIComponent(cluster), vpcConnectionArn: connection },
      assets: [`update AWS::MSK::VpcConnection ${connection}`, `update AWS::MSK::Cluster ${cluster}`],
    },
  },
})
