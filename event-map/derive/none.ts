import { DATA_PLANE, DATA_PLANE_APIS } from '../facts/data-plane.ts'
import type { Operation } from '../sources/botocore.ts'
import { isJob, isMessage } from './rows.ts'
import type { Service } from './services.ts'

/** IAM counts as writes what hands out credentials, or tries something out. A test of a failover does fail over. */
const LOOKS =
  /^(?:BatchGet|Get|List|Describe|Search|PollFor)(?=[A-Z])|^(?!TestFailover|TestMigration)(?:Test|Validate|Preview)(?=[A-Z])|Presigned/

/**
 * Why a write touches no asset. `early` reasons hold whatever the operation names, `late` ones only where no rule found an
 * asset.
 */
export function noneReason(service: Service, operation: Operation, when: 'early' | 'late'): string | undefined {
  const { name } = operation
  if (when === 'early') {
    if (DATA_PLANE_APIS.has(service.api.name)) return 'data plane: uses an asset, does not change one'
    if (DATA_PLANE[service.api.name]?.test(name)) return 'data plane: uses an asset, does not change one'
    if (LOOKS.test(name)) return 'looks at an asset, or gives out a link or credentials; changes none'
    if (/^Send[A-Z]/.test(name)) return 'sends something; changes no asset'
    return undefined
  }
  if (isSetting(operation) || /^(Enable|Disable)$/.test(name)) return 'account-level setting'
  if (isMessage(operation)) return 'a message about an asset, not a change of one'
  if (isJob(operation)) return 'a run or a request, not an asset'
  if (
    /Account|Organization|Subscription(?!s)|Preference|Opt(In|Out)|Default|Settings?|ServiceAccess|Terms|Enrollment/.test(
      name,
    )
  )
    return 'account-level setting'
  if (
    operation.input.every(leaf => !leaf.isRequired) &&
    /^(Enable|Disable|Put|Update|Set|Modify|Accept|Associate|Disassociate)/.test(name)
  )
    return 'account-level setting'
  if (
    /^(Send|Publish|Notify|Report|Submit|Signal|Acknowledge|Start|Stop|Cancel|Generate|Invoke|Respond|Record|Confirm|Resend|Initiate|Test|Validate|Verify|Dismiss|Ingest|Reject|Accept|Request|Export|Complete|Retry|Skip|Resolve|Log|Assume|Refresh|Execute|Evaluate|Post|Claim|Exchange)/.test(
      name,
    )
  )
    return 'an action that leaves no asset behind'
  return undefined
}

const SETTING = /(Config|Configurations?|EncryptionKey|Options|Plan|Preferences?|Restriction|Service|Settings?|Setup)$/

/** A setting whose request names nothing that has it is the account's. */
function isSetting(operation: Operation): boolean {
  const isNaming = operation.input.some(leaf => leaf.isRequired && /(id|arn|name|identifier)s?$/i.test(leaf.name))
  return SETTING.test(operation.name) && !isNaming
}
