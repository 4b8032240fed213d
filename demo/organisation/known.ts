/** A field of a reply that is always there when the call succeeded, whatever its type says. */
export function known<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('the simulator left a field out of its reply')
  return value
}
