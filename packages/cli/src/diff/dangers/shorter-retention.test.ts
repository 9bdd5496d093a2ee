import { agentNames } from '@hadal/platform/names'
import { expect, test } from 'vitest'
import { type Case, dangers, object } from '../fixtures/danger-objects.ts'

const settings = (data: object, name: string = agentNames.settings) => object('ConfigMap', { data }, name)
const retention = { CHECKPOINT_RETENTION_DAYS: '30', EVENT_RETENTION_MINUTES: '60' }
const rule = `shorter-retention: ConfigMap ${agentNames.settings}`

test.each<Case>([
  [
    'the upgrade from a release that kept all checkpoints and events',
    [settings({ PORT: '8000' })],
    [settings({ PORT: '8000', ...retention })],
    [
      `${rule}: The server now deletes checkpoints that no longer continue their thread after 30 days.`,
      `${rule}: The server now deletes the events of a run 60 minutes after its thread came to rest.`,
    ],
  ],
  [
    'an upgrade that keeps checkpoints',
    [settings({})],
    [settings({ ...retention, CHECKPOINT_RETENTION_DAYS: '0' })],
    [`${rule}: The server now deletes the events of a run 60 minutes after its thread came to rest.`],
  ],
  [
    'another value, which the rules of the configuration judge',
    [settings(retention)],
    [settings({ ...retention, CHECKPOINT_RETENTION_DAYS: '7' })],
    [],
  ],
  ['the settings of another program', [settings({}, 'other')], [settings(retention, 'other')], []],
])('%s', (_title, before, after, expected) => {
  expect(dangers(before, after)).toEqual(expected)
})
