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
] as const)('a field of a manifest is found at its line: %j', ([path, line]) => {
  expect(lineOfField(manifest, path)).toBe(line)
})

test('what is not there is looked for as deep as its path goes', () => {
  expect(lineOfField(manifest, ['spec', 'containers', 1, 'readinessProbe', 'httpGet'])).toBe(10)
  expect(lineOfField(manifest, ['status'])).toBe(1)
  expect(lineOfField('', ['status'])).toBe(1)
})

test('a field of a JSON file is found at its line', () => {
  const text = JSON.stringify({ server: { health: false }, graphs: [{ graph: 'a' }, { graph: 'b' }] }, null, 2)
  expect(lineOfField(text, ['graphs', 1, 'graph'])).toBe(10)
})

test('a part of a line is found', () => {
  expect(lineWith('a\nb c\n', 'c')).toBe(2)
  expect(lineWith('a\n# b\n', /^#/)).toBe(2)
  expect(lineWith('a', 'b')).toBeUndefined()
})

const config = `/** redis: words, no setting. */
export default defineEnvironment({
  name: 'a',
  // models: a comment is no setting either
  models: {
    default: 'x',
    routing: { simple: 'x' },
  },
  release,
  limits: { burst: 5 },
})
`

test.for([
  [['models'], 5, true],
  [['models', 'routing'], 7, true],
  [['models', 'routing', 'simple'], 7, true],
  [['release'], 9, true],
  [['limits', 'burst'], 10, true],
  [['limits', 'requestsPerMinute'], 10, false],
  // `burst` stands in the file, but not in that field.
  [['models', 'burst'], 5, false],
  [['redis'], 2, false],
] as const)('a setting is found where it stands, or where it would: %j', ([path, line, written]) => {
  expect(lineOfSetting(config, path)).toEqual({ line, written })
})
