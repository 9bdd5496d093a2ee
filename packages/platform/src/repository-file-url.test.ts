import { expect, test } from 'vitest'
import { sentencesAbout, soundInput } from './fixtures/example-environment.ts'
import { repositoryFileUrl } from './repository-file-url.ts'

const path = 'docs/runbooks/AgentAbsent.md'
const commit = 'a'.repeat(40)

test.each([
  ['https://github.com/team/hadal.git', 'main', `https://github.com/team/hadal/blob/main/${path}`],
  ['https://user:token@github.com/team/hadal.git', 'main', `https://github.com/team/hadal/blob/main/${path}`],
  ['git@github.com:team/hadal.git', 'v1.2', `https://github.com/team/hadal/blob/v1.2/${path}`],
  ['ssh://git@github.com/team/hadal.git', 'a/b', `https://github.com/team/hadal/blob/a/b/${path}`],
  ['https://github.example.com/team/hadal', 'x#1', `https://github.example.com/team/hadal/blob/x%231/${path}`],
  ['https://gitlab.com/a/b/hadal.git/', 'main', `https://gitlab.com/a/b/hadal/-/blob/main/${path}`],
  [
    'ssh://git@gitlab.example.com:2222/a/hadal.git',
    commit,
    `https://gitlab.example.com/a/hadal/-/blob/${commit}/${path}`,
  ],
  [
    'https://gitea.example.com:3000/a/hadal.git',
    'main',
    `https://gitea.example.com:3000/a/hadal/src/branch/main/${path}`,
  ],
  ['git@codeberg.org:a/hadal.git', commit, `https://codeberg.org/a/hadal/src/commit/${commit}/${path}`],
  ['git@bitbucket.org:a/hadal.git', 'main', `https://bitbucket.org/a/hadal/src/main/${path}`],
])('the pages of %s at %s are at %s', (url, revision, expected) => {
  expect(repositoryFileUrl({ url, revision }, path)).toBe(expected)
})

test.each([
  'https://git.example.com/platform/hadal.git',
  'https://mygithub.example.com/a/b.git',
  'file:///srv/hadal.git',
  'ssh://git@10.0.0.1:22/a/b.git',
])('the pages of %s are unknown, unless browseUrl names them', (url) => {
  expect(repositoryFileUrl({ url, revision: 'main' }, path)).toBeUndefined()
  const browseUrl = 'https://git.example.com/platform/hadal/-/blob/{revision}/'
  expect(repositoryFileUrl({ url, revision: 'main', browseUrl }, path)).toBe(
    `https://git.example.com/platform/hadal/-/blob/main/${path}`,
  )
})

test('browseUrl must be an address for a browser', () => {
  const repository = { ...soundInput.repository, browseUrl: 'git@host:a/b' }
  expect(sentencesAbout({ ...soundInput, repository })).toEqual([
    'repository.browseUrl = "git@host:a/b": Must be an address that begins with https://. Change it.',
  ])
})
