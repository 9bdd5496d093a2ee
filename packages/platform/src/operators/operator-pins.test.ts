import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { soundEnvironment } from '../fixtures/example-environment.ts'
import { OperatorPins, operatorPinsFile, readOperatorPins, sourceOf } from './operator-pins.ts'
import { unpinnedOperators } from './unpinned-operators.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hadal-pins-'))
  mkdirSync(join(root, 'infra'))
})
afterEach(() => rmSync(root, { recursive: true }))

const pin = {
  project: 'team/operator',
  version: '1.2.3',
  sha256: 'a'.repeat(64),
  from: 'https://files.example.com/v{version}.yaml',
}
const names = OperatorPins.keyof().options
const allPinned = Object.fromEntries(names.map((name) => [name, pin]))
const write = (content: unknown): void =>
  writeFileSync(join(root, operatorPinsFile), typeof content === 'string' ? content : JSON.stringify(content))

test('the committed pins are valid', () => {
  const pins = readOperatorPins(join(import.meta.dirname, '../../../..'))
  for (const name of names) expect(sourceOf(pins[name])).toMatch(/^[^{}\s]+$/)
})

test.each<[what: string, content: unknown, sentence: RegExp]>([
  ['a missing file', undefined, /infra\/operators\.json: The file is missing\. Restore it from Git\./],
  ['a text that is not JSON', '{', /The file is not valid JSON/],
  [
    'a short checksum',
    { ...allPinned, keda: { ...pin, sha256: 'abc' } },
    /keda\.sha256 = "abc": Must be 64 hexadecimal/,
  ],
  ['a version with a v', { ...allPinned, keda: { ...pin, version: 'v1.2.3' } }, /keda\.version = "v1\.2\.3": Must be/],
  ['an unknown operator', { ...allPinned, kedda: pin }, /kedda: Unknown field\..+Write "keda"/],
  ['a missing operator', { ...allPinned, keda: undefined }, /keda: Missing\./],
])('rejects %s', (_what, content, sentence) => {
  if (content !== undefined) write(content)
  expect(() => readOperatorPins(root)).toThrow(sentence)
})

test('names the operators that an environment needs and that are not pinned, with the command', () => {
  write({ ...allPinned, 'argo-cd': { ...pin, sha256: null }, keda: { ...pin, sha256: null } })
  const managed = soundEnvironment({ cluster: { operators: 'managed' } })
  const argoCd = { name: 'argo-cd', version: '1.2.3', command: 'npx hadal operators pin argo-cd' }
  expect(unpinnedOperators(root, managed)).toEqual([argoCd])
  const queue = soundEnvironment({
    cluster: { operators: 'managed' },
    agent: { topology: 'together', all: { autoscaling: { kind: 'queue' } } },
  })
  expect(unpinnedOperators(root, queue).map(({ name }) => name)).toEqual(['argo-cd', 'keda'])
})

test('needs no pins if the operators are already installed', () => {
  expect(unpinnedOperators(root, soundEnvironment())).toEqual([])
})
