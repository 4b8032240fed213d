import type { EventMap } from '../event-map/load.ts'
import { isObject, type JsonObject } from '../event-map/trail-record.ts'
import { configItem } from './config-items.ts'
import { nativeEvent } from './native.ts'
import { noticedByEventBridge, noticedFiles } from './notices.ts'
import { IGNORED_NOTICE, type Told } from './told.ts'

/** EventBridge's names of what AWS Config tells. */
const CONFIG_CHANGE = 'Config Configuration Item Change'

/**
 * Tells by its content what a message is that holds no CloudTrail record: an EventBridge event of a service's own, an item of AWS
 * Config, a notice that a file was written. Undefined: nothing that we know, so that it is rejected and seen.
 */
export function otherReader(map: EventMap): (value: JsonObject) => Told | undefined {
  return value => {
    const { detail } = value
    if (isObject(detail)) {
      if (value['detail-type'] === CONFIG_CHANGE) return configItem(map, detail)
      return noticedByEventBridge(value, detail) ?? nativeEvent(map, value, detail)
    }
    if (typeof value['messageType'] === 'string') return configItem(map, value)
    return noticedFiles(value) ?? (isTest(value) ? IGNORED_NOTICE : undefined)
  }
}

/** S3 says once that it may send (S3 user guide, "Event message structure"). */
function isTest(value: JsonObject): boolean {
  return value['Event'] === 's3:TestEvent'
}
