import { overrides } from '../overrides.ts'

export default overrides(
  'ec2',
  {
    DeleteQueuedReservedInstances: {
      row: 'delete AWS::EC2::ReservedInstances request..reservedInstancesId',
      why: 'what is queued is a reservation',
      example: {
        request: { DeleteQueuedReservedInstancesRequest: { ReservedInstancesId: { content: 'ri-1', tag: 1 } } },
        assets: ['delete AWS::EC2::ReservedInstances ri-1'],
      },
    },
    AcceptReservedInstancesExchangeQuote: {
      row: 'update AWS::EC2::ReservedInstances request..reservedInstanceId',
      why: 'the reservations in the request are given away for others',
      example: {
        request: { AcceptReservedInstancesExchangeQuoteRequest: { ReservedInstanceId: { content: 'ri-1', tag: 1 } } },
        assets: ['update AWS::EC2::ReservedInstances ri-1'],
      },
    },
    ModifyReservedInstances: {
      row: 'update AWS::EC2::ReservedInstances request..reservedInstancesId',
      why: 'the reservation is modified, queued or not',
      example: {
        request: { reservedInstancesIdSet: { items: [{ reservedInstancesId: 'ri-1' }] } },
        assets: ['update AWS::EC2::ReservedInstances ri-1'],
      },
    },
    PurchaseScheduledInstances: {
      row: 'none: hours that are bought, of no type',
      why: 'no instance is touched before it runs',
      example: {
        request: { PurchaseScheduledInstancesRequest: { PurchaseRequest: { InstanceCount: 1 } } },
        assets: [],
      },
    },
    PurchaseCapacityBlock: {
      row: 'create AWS::EC2::CapacityReservation response..capacityReservationId; create? AWS::EC2::CapacityBlock response..capacityBlockId',
      why: 'a capacity block is a reservation with an end, and is described as one',
      example: {
        request: { PurchaseCapacityBlockRequest: { CapacityBlockOfferingId: 'cbr-1' } },
        response: { PurchaseCapacityBlockResponse: { capacityReservation: { capacityReservationId: 'cr-1' } } },
        assets: ['create AWS::EC2::CapacityReservation cr-1'],
      },
    },
    PurchaseCapacityBlockExtension: {
      row: 'update AWS::EC2::CapacityReservation request..capacityReservationId',
      why: 'the request names the reservation that lasts longer',
      example: {
        request: { PurchaseCapacityBlockExtensionRequest: { CapacityReservationId: 'cr-1' } },
        assets: ['update AWS::EC2::CapacityReservation cr-1'],
      },
    },
    MoveCapacityReservationInstances: {
      row: 'update AWS::EC2::CapacityReservation request..sourceCapacityReservationId; update AWS::EC2::CapacityReservation request..destinationCapacityReservationId',
      why: 'one reservation shrinks, the other grows',
      example: {
        request: {
          MoveCapacityReservationInstancesRequest: {
            SourceCapacityReservationId: 'cr-1',
            DestinationCapacityReservationId: 'cr-2',
          },
        },
        assets: ['update AWS::EC2::CapacityReservation cr-1', 'update AWS::EC2::CapacityReservation cr-2'],
      },
    },
    CreateCapacityReservationBySplitting: {
      row: 'update AWS::EC2::CapacityReservation request..sourceCapacityReservationId; create? AWS::EC2::CapacityReservation response..capacityReservationId',
      why: 'the source shrinks; of the two that the answer names only the other one is new',
      example: {
        request: { CreateCapacityReservationBySplittingRequest: { SourceCapacityReservationId: 'cr-1' } },
        response: {
          CreateCapacityReservationBySplittingResponse: {
            destinationCapacityReservation: { capacityReservationId: 'cr-2' },
            sourceCapacityReservation: { capacityReservationId: 'cr-1' },
          },
        },
        assets: ['update AWS::EC2::CapacityReservation cr-1', 'create AWS::EC2::CapacityReservation cr-2'],
      },
    },
    CreateCapacityReservationDateChangeQuote: {
      row: 'none: a quote',
      why: 'the reservation stays as it is until the quote is accepted',
      example: { request: { CapacityReservationId: 'cr-1' }, assets: [] },
    },
    CreateFleet: {
      row: 'create AWS::EC2::EC2Fleet response..fleetId; create? AWS::EC2::Instance response..instanceIds',
      why: 'a fleet of type instant answers with the instances that it has launched',
      example: {
        request: { CreateFleetRequest: { Type: 'instant' } },
        response: {
          CreateFleetResponse: {
            fleetId: 'fleet-1',
            fleetInstanceSet: { item: [{ instanceIds: { item: ['i-1', 'i-2'] }, lifecycle: 'spot' }] },
          },
        },
        assets: ['create AWS::EC2::EC2Fleet fleet-1', 'create AWS::EC2::Instance i-1', 'create AWS::EC2::Instance i-2'],
      },
    },
    CreateMetricCategory: {
      row: 'create AWS::EC2::MetricCategory response..metricCategoryId',
      why: 'no model knows the type',
      example: {
        response: { metricCategory: { metricCategoryId: 'mc-1' } },
        assets: ['create AWS::EC2::MetricCategory mc-1'],
      },
    },
    ModifyMetricCategory: {
      row: 'update AWS::EC2::MetricCategory request..metricCategoryId',
      why: 'no model knows the type',
      example: { request: { metricCategoryId: 'mc-1' }, assets: ['update AWS::EC2::MetricCategory mc-1'] },
    },
    DeleteMetricCategory: {
      row: 'delete AWS::EC2::MetricCategory request..metricCategoryId',
      why: 'no model knows the type',
      example: { request: { metricCategoryId: 'mc-1' }, assets: ['delete AWS::EC2::MetricCategory mc-1'] },
    },
    CreateNetworkingFlexCostAllocationPolicy: {
      row: 'create AWS::EC2::NetworkingFlexCostAllocationPolicy response..fcaPolicyId',
      why: 'no model knows the type',
      example: {
        request: { networkResourceType: 'natgw' },
        response: { fcaPolicyId: 'fca-1' },
        assets: ['create AWS::EC2::NetworkingFlexCostAllocationPolicy fca-1'],
      },
    },
    'ModifyNetworkingFlexCostAllocationPolicy, AssociateNetworkingFlexCostAllocationPolicy, DisassociateNetworkingFlexCostAllocationPolicy':
      {
        row: 'update AWS::EC2::NetworkingFlexCostAllocationPolicy request..fcaPolicyId,response..fcaPolicyId',
        why: 'no model knows the type',
        example: {
          request: { fcaPolicyId: 'fca-1' },
          assets: ['update AWS::EC2::NetworkingFlexCostAllocationPolicy fca-1'],
        },
      },
    DeleteNetworkingFlexCostAllocationPolicies: {
      row: 'delete AWS::EC2::NetworkingFlexCostAllocationPolicy request..fcaPolicyIds,request..fcaPolicyId',
      why: 'no model knows the type',
      example: {
        request: { fcaPolicyIds: ['fca-1', 'fca-2'] },
        assets: [
          'delete AWS::EC2::NetworkingFlexCostAllocationPolicy fca-1',
          'delete AWS::EC2::NetworkingFlexCostAllocationPolicy fca-2',
        ],
      },
    },
  },
  {
    'AWS::EC2::MetricCategory': { id: ['MetricCategoryId'] },
    'AWS::EC2::NetworkingFlexCostAllocationPolicy': { id: ['FcaPolicyId'] },
  },
)
