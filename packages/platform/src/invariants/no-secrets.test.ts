import { expect, test } from 'vitest'
import { sentencesAbout, soundInput } from '../fixtures/example-environment.ts'

const withUrl = (baseUrl: string) => ({
  ...soundInput,
  models: { ...soundInput.models, providers: { anthropic: { baseUrl } } },
})
const withSetting = (value: string) => ({ ...soundInput, agents: { researcher: { settings: { PLACE: value } } } })

test.each([
  ['repository.url', { ...soundInput, repository: { url: 'https://oauth2:a-token@git.example.com/hadal.git' } }],
  ['repository.url', { ...soundInput, repository: { url: 'https://a-token@git.example.com/hadal.git' } }],
  ['models.providers.anthropic.baseUrl', withUrl('https://user:a-token@proxy.example.com')],
  ['models.providers.anthropic.baseUrl', withUrl('https://proxy.example.com/v1?api_key=a-token')],
  ['agents.researcher.settings.PLACE', withSetting('postgres://user:a-token@db.example.com/crm')],
  ['agents.researcher.settings.PLACE', withSetting(`ghp_${'a1'.repeat(18)}`)],
  ['agents.researcher.settings.PLACE', withSetting(`sk-ant-api03-${'a1'.repeat(18)}`)],
  ['agents.researcher.settings.PLACE', withSetting('-----BEGIN RSA PRIVATE KEY-----\na-token')],
])('rejects a secret in %s, and does not show it', (path, input) => {
  const [sentence, ...others] = sentencesAbout(input)
  expect(others).toEqual([])
  expect(sentence).toContain(`${path} = "(hidden)": Contains a`)
  expect(sentence).not.toMatch(/a-token|a1a1/)
})

test.each([
  { ...soundInput, repository: { url: 'ssh://git@git.example.com/platform/hadal.git' } },
  { ...soundInput, repository: { url: 'git@git.example.com:platform/hadal.git' } },
  withUrl('https://proxy.example.com/v1?version=2'),
  withSetting('https://wiki.example.com/@team/page?monkey=1'),
  withSetting('sk-learn-and-other-words'),
])('accepts addresses and settings without a secret', (input) => {
  expect(sentencesAbout(input)).toEqual([])
})
