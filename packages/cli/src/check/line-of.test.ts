import { expect, test } from 'vitest'
import { lineOfField, lineOfSetting, lineWith } from './line-of.ts'

const manifest = `kind: Deployment
metadata:
  name: a
spec:
  containers:
    - name: first
      env:
        - name: ROLE
          value: api
    - name: second
      image: x
`

test.for([
  [['kind'], 1],
  [['metadata', 'name'], 3],
  [['spec', 'containers', 0, 'env', 0, 'value'], 9],
  [['spec', 'containers', 1], 10],
  [['spec', 'containers', 1, 'image'], 11],
] as const)('finds the line of a field in a manifest: %j', ([path, line]) => {
  expect(lineOfField(manifest, path)).toBe(line)
})

test('returns the line of the nearest parent for a missing field', () => {
  expect(lineOfField(manifest, ['spec', 'containers', 1, 'readinessProbe', 'httpGet'])).toBe(10)
  expect(lineOfField(manifest, ['status'])).toBe(1)
  expect(lineOfField('', ['status'])).toBe(1)
})

test('finds the line of a field in a JSON file', () => {
  const text = JSON.stringify({ server: { health: false }, graphs: [{ graph: 'a' }, { graph: 'b' }] }, null, 2)
  expect(lineOfField(text, ['graphs', 1, 'graph'])).toBe(10)
})

test('finds the first line that contains a text or matches a pattern', () => {
  expect(lineWith('a\nb c\n', 'c')).toBe(2)
  expect(lineWith('a\n# b\n', /^#/)).toBe(2)
  expect(lineWith('a', 'b')).toBeUndefined()
})

const config = `/** redis: in a comment this is not a setting. */
export default defineEnvironment({
  name: 'a',
  // models: neither is this
  models: {
    default: 'x',
    routing: { simple: 'x' },
  },
  release,
  limits: { burst: 5 },
  agents: {
    'github-helper': {
      settings: { API: 'https://x', 'eks.amazonaws.com/role': 'a' },
    },
  },
})
`

test.for([
  [['models'], 5, true],
  [['models', 'routing'], 7, true],
  [['models', 'routing', 'simple'], 7, true],
  [['release'], 9, true],
  [['limits', 'burst'], 10, true],
  [['limits', 'requestsPerMinute'], 10, false],
  [['agents', 'github-helper', 'settings', 'API'], 13, true],
  [['agents', 'github-helper', 'settings', 'eks.amazonaws.com/role'], 13, true],
  [['agents', 'helper'], 11, false],
  // `burst` occurs in the file, but not in `models`.
  [['models', 'burst'], 5, false],
  [['redis'], 2, false],
] as const)('finds the line of a setting, or where it would be: %j', ([path, line, written]) => {
  expect(lineOfSetting(config, path)).toEqual({ line, written })
})
