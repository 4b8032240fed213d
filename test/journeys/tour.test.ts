import { expect, test } from 'vitest'
import { planOrganisation } from '../../demo/organisation/plan.ts'
import { type Step, Tour } from '../../demo/tour.ts'
import { silentTerminal } from './silent-terminal.ts'

const HELP: Step = { says: 'What can be asked?', args: ['--help'], expects: ['where', /Questions: .* Commands:/] }

test('a station shows the command as it can be typed, and its real output', async () => {
  const terminal = silentTerminal()
  await new Tour(terminal, Date.now()).run({ ...HELP, args: ['where', '--help'], expects: ['IPv4'] })
  expect(terminal.written.join('')).toContain('What can be asked?\n$ cadastre where --help\nUsage: cadastre where')
})

test('on a terminal the answer is shown as terminals show it, and checked as a pipe gets it', async () => {
  const terminal = silentTerminal()
  const expects = [/ where Which asset has this IP address/]
  await new Tour({ ...terminal, isTerminal: true, width: 40 }, Date.now()).run({ ...HELP, expects })
  expect(terminal.written.join('')).toContain('\u001b[')
})

test.each<[string, Partial<Step>, string]>([
  ['lacks what it should hold', { expects: ['where', 'unicorn'] }, 'it lacks unicorn'],
  ['does not fit a pattern', { expects: [/^unicorn/] }, 'it lacks /^unicorn/'],
  ['says what it should not', { lacks: ['where'] }, 'it says where'],
  ['ends with another exit code', { exit: 1 }, 'the exit code is 0, not 1'],
])('an answer that %s ends the tour', async (_, wrong, reason) => {
  const tour = new Tour(silentTerminal(), Date.now())
  await expect(tour.run({ ...HELP, ...wrong })).rejects.toThrow(reason)
})

test('the same seed plans the same company, another seed another one', () => {
  expect(planOrganisation({ seed: 7 })).toEqual(planOrganisation({ seed: 7 }))
  expect(planOrganisation({ seed: 7 })).not.toEqual(planOrganisation({ seed: 8 }))
})
