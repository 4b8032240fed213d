const READING =
  /^(?:Get|List|Describe|Search|Lookup|Head|Select|Check|Test|Validate|Preview|Simulate|BatchGet|BatchDescribe|Query|Scan|View|Download|Decode)(?=[A-Z0-9]|$)/

/** Whether an operation's name says that it only reads. The map holds the reads that do not say so, and the writes. */
export function saysRead(name: string): boolean {
  return READING.test(name)
}
