import { expect, test } from 'vitest'
import { sentencesAbout, soundInput } from '../fixtures/example-environment.ts'

const about = (repository: object) =>
  sentencesAbout({ ...soundInput, repository: { ...soundInput.repository, ...repository } })

test.each(['main', 'release/1.x', 'v1.2.3', '>=1.0', '0123abc'])('accepts the revision %s', (revision) => {
  expect(about({ revision })).toEqual([])
})

test.each(['', 'a b', '--upload-pack=x', 'main\n'])(
  'rejects the revision %j, which Git could take for something else',
  (revision) => {
    expect(about({ revision })).toHaveLength(1)
  },
)

test('rejects a repository whose host Git could take for an option', () => {
  expect(about({ url: 'ssh://-oProxyCommand=x/hadal.git' })).toHaveLength(1)
})
