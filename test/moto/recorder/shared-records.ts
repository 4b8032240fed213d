import { textAt } from './model.ts'
import type { Exchange, Read, TrailRecord } from './record.ts'

/**
 * The records that one call leaves: the caller's own; where it touches another account's asset, that account's, joined
 * to the first by `sharedEventID`; and what the service itself reports later.
 */
export function recordsOf(
  record: TrailRecord,
  { called, caller, owner }: Exchange,
  read: Read,
  newId: () => string,
): readonly TrailRecord[] {
  const later = called.operation.name === 'CreateAccount' ? accountCreated(record, read, newId) : []
  const other = owner ?? ownerOfRole(called.operation.name, read)
  if (other === undefined || other === caller.account || (read.failure !== undefined && owner === undefined))
    return [record, ...later]
  const sharedEventID = newId()
  const { accountId } = caller.identity
  // The owner learns which account called, and not who there.
  const userIdentity = { type: 'AWSAccount', principalId: caller.identity['principalId'], accountId }
  return [
    { ...record, sharedEventID },
    { ...record, sharedEventID, eventID: newId(), userIdentity, recipientAccountId: other },
    ...later,
  ]
}

function ownerOfRole(operation: string, { request }: Read): string | undefined {
  return operation.startsWith('AssumeRole') ? textAt(request, 'RoleArn')?.split(':')[4] : undefined
}

/** A new account's number is told by an event of the service, some time after the call. */
function accountCreated(record: TrailRecord, { reply, failure }: Read, newId: () => string): readonly TrailRecord[] {
  const accountId = textAt(reply, 'CreateAccountStatus', 'AccountId')
  if (failure !== undefined || accountId === undefined) return []
  const { userIdentity, eventTime, eventSource, awsRegion, recipientAccountId, managementEvent, eventCategory } = record
  return [
    {
      eventVersion: record['eventVersion'],
      userIdentity: { accountId: userIdentity['accountId'], invokedBy: 'AWS Internal' },
      eventTime,
      eventSource,
      eventName: 'CreateAccountResult',
      awsRegion,
      sourceIPAddress: 'AWS Internal',
      userAgent: 'AWS Internal',
      requestParameters: null,
      responseElements: null,
      eventID: newId(),
      readOnly: false,
      eventType: 'AwsServiceEvent',
      managementEvent,
      recipientAccountId,
      serviceEventDetails: {
        createAccountStatus: {
          id: textAt(reply, 'CreateAccountStatus', 'Id'),
          state: 'SUCCEEDED',
          accountName: '****',
          accountId,
          requestedTimestamp: eventTime,
          completedTimestamp: eventTime,
        },
      },
      eventCategory,
    },
  ]
}
