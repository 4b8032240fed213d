import { describe, expect, test } from 'vitest'
import { Catalogue } from './catalogue.ts'
import { decodeCbor, isCbor } from './cbor.ts'
import { calledBy } from './operation.ts'
import { readRequest } from './read-call.ts'
import { requestOf } from './request.ts'

describe('CBOR', () => {
  /** Of RFC 8949, appendix A. */
  test.each([
    ['00', 0],
    ['1903e8', 1000],
    ['1a000f4240', 1000000],
    ['1b000000e8d4a51000', 1000000000000],
    ['3903e7', -1000],
    ['fb3ff199999999999a', 1.1],
    ['fa47c35000', 100000],
    ['f5', true],
    ['f6', null],
    ['c11a514b67b0', 1363896240],
    ['62c3bc', 'ü'],
    ['83010203', [1, 2, 3]],
    ['a26161016162820203', { a: 1, b: [2, 3] }],
    ['7f657374726561646d696e67ff', 'streaming'],
    ['bf61610161629f0203ffff', { a: 1, b: [2, 3] }],
  ])('%s', (hex, expected) => {
    expect(decodeCbor(Buffer.from(hex, 'hex'))).toEqual(expected)
  })

  test('what is cut off is an error', () => {
    expect(() => decodeCbor(Buffer.from('6563', 'hex'))).toThrow(RangeError)
    expect(isCbor(Buffer.from('{"a":1}'))).toBe(false)
  })

  test("a call of Smithy's own protocol is read by its service's model", () => {
    const name = Buffer.from('TableName')
    const body = Buffer.concat([Buffer.from([0xa1, 0x60 + name.length]), name, Buffer.from([0x63]), Buffer.from('abc')])
    const [method, url] = ['POST', '/service/DynamoDB_20120810/operation/DescribeTable']
    const request = requestOf({ method, url, headers: { 'smithy-protocol': 'rpc-v2-cbor' }, body, remoteAddress: '' })
    const called = calledBy(new Catalogue().signedFor('dynamodb'), request)
    expect(called && readRequest(called, request)).toEqual({ TableName: 'abc' })
  })
})
