import { expect, test } from 'vitest'
import { Histogram } from '../../model/histogram.ts'
import { exposition } from './exposition.ts'

test('counters and gauges are one line for each set of labels', () => {
  const text = exposition([
    {
      name: 'cadastre_events_total',
      type: 'counter',
      help: 'Events.',
      samples: [
        { labels: { source: 'sqs eu-west-1 a', outcome: 'mapped' }, value: 12 },
        { labels: { source: 'sqs eu-west-1 a', outcome: 'ignored' }, value: 0 },
      ],
    },
    { name: 'cadastre_refreshes_waiting', type: 'gauge', help: 'Waiting.', samples: [{ value: 1.5 }] },
  ])

  expect(text).toBe(`# HELP cadastre_events_total Events.
# TYPE cadastre_events_total counter
cadastre_events_total{source="sqs eu-west-1 a",outcome="mapped"} 12
cadastre_events_total{source="sqs eu-west-1 a",outcome="ignored"} 0
# HELP cadastre_refreshes_waiting Waiting.
# TYPE cadastre_refreshes_waiting gauge
cadastre_refreshes_waiting 1.5
`)
})

test('backslashes, quotes and line ends in labels and help cannot forge lines', () => {
  const text = exposition([
    { name: 'a', type: 'gauge', help: 'one\ntwo \\ "three"', samples: [{ labels: { of: 'x"} 1\na 2 \\' }, value: 1 }] },
  ])

  expect(text.split('\n')).toEqual([
    '# HELP a one\\ntwo \\\\ "three"',
    '# TYPE a gauge',
    'a{of="x\\"} 1\\na 2 \\\\"} 1',
    '',
  ])
})

test('a histogram counts upwards, and what is above the last bound is in +Inf', () => {
  const histogram = new Histogram([0.1, 1])
  for (const seconds of [0.05, 0.1, 0.5, 30]) histogram.add(seconds)

  const text = exposition([{ name: 'took_seconds', type: 'histogram', help: 'T.', samples: [{ value: histogram }] }])

  expect(text).toBe(`# HELP took_seconds T.
# TYPE took_seconds histogram
took_seconds_bucket{le="0.1"} 2
took_seconds_bucket{le="1"} 3
took_seconds_bucket{le="+Inf"} 4
took_seconds_sum 30.65
took_seconds_count 4
`)
})

test('numbers that are none are written as Prometheus reads them, and a family without samples is left out', () => {
  const samples = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map(value => ({ value }))

  expect(exposition([{ name: 'a', type: 'gauge', help: '', samples }])).toContain('a NaN\na +Inf\na -Inf\n')
  expect(exposition([{ name: 'a', type: 'gauge', help: '', samples: [] }])).toBe('')
})
