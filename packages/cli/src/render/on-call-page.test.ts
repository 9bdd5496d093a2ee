import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { expect, test } from 'vitest'
import { onCallPage } from './on-call-page.ts'

const contact = { who: 'the rotation "agents"', contact: '#agents' }

test('the page shows who is called, in the order of escalation.steps', () => {
  const lead = { who: 'the lead', contact: '+49 30 0000' }
  const page = onCallPage(
    soundEnvironment({
      escalation: {
        steps: [{ ...contact, nextAfterMinutes: 20 }, lead],
        announce: '#incidents',
        owners: { models: contact },
      },
    }),
  )
  expect(page).toContain('| 1 | the rotation "agents" | #agents | 20 minutes without an answer or a fix |')
  expect(page).toContain('| 2 | the lead | +49 30 0000 | – |')
  expect(page).toContain('Incidents are announced in: #incidents.')
  expect(page).toContain('| model providers | the rotation "agents" | #agents |')
  expect(page).toContain('| the cluster | `escalation.owners.cluster` is not set | – |')
})

test('the page shows the objective as minutes of its error budget', () => {
  const page = onCallPage(soundEnvironment({ slo: { availabilityPercent: 99.9 } }))
  expect(page).toContain('**43.2 minutes**')
  expect(page).toContain('| page | 1.44 % | 1h | 5m | 0.864 | 50 hours |')
})

test('the page shows the backups, or that there are none', () => {
  expect(onCallPage(soundEnvironment({ backup: { kind: 'none' } }))).toContain('There are **no backups**')
  expect(onCallPage(soundEnvironment({ backup: { kind: 's3', bucket: 'a-bucket' } }))).toContain(
    '| backup | `45 3 * * *` (UTC), kept for 35 days |',
  )
})
