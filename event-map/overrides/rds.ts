import { overrides } from '../overrides.ts'

export default overrides('rds', {
  CreateDBInstanceReadReplica: {
    row: 'create AWS::RDS::DBInstance response.dBInstanceIdentifier,request.dBInstanceIdentifier',
    why: 'a read replica is an instance of its own',
    example: {
      request: { dBInstanceIdentifier: 'orders-2', sourceDBInstanceIdentifier: 'orders' },
      assets: ['create AWS::RDS::DBInstance orders-2'],
    },
  },
  'CreateDBCapacityReservation, ModifyDBCapacityReservation': {
    row: 'none: a reservation of no type',
    why: 'neither CloudFormation nor IAM knows it',
    example: { request: {}, assets: [] },
  },
})
