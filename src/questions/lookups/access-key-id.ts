/**
 * The account that an access key id was issued in, which its letters hold: base 32 after the prefix, 40 bits from the
 * second bit on. Keys of before 2019 (`AKIAI…`, `AKIAJ…`) do not hold it. See "A short note on AWS KEY ID" by Tal Be'ery (2023).
 */
export function accountOfKey(key: string): string | undefined {
  if (!/^A[KS]IA[Q-Z2-7][A-Z2-7]{15}$/.test(key)) return undefined
  let bits = 0n
  for (const letter of key.slice(4, 14))
    bits = (bits << 5n) | BigInt('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter))
  // 50 bits were read: the first 48 are the 6 bytes that hold the account in bits 7 to 46.
  return String(((bits >> 2n) & 0x7fffffffff80n) >> 7n).padStart(12, '0')
}
