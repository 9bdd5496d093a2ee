import { expect, test } from 'vitest'
import type { EnvironmentInput } from './environment.ts'
import { soundEnvironment } from './fixtures/example-environment.ts'
import { problemSentence } from './problem.ts'
import { projectProblems } from './project-problems.ts'

const sentences = (
  change: Partial<EnvironmentInput>,
  project: { readonly auth?: boolean; readonly configurableHeaders?: boolean } = {},
) => projectProblems(soundEnvironment(change), { project }).map(problemSentence)

test('accepts a project without needs in any environment but one with its own sign-in', () => {
  for (const access of [{ kind: 'open' }, { kind: 'api-keys' }] as const) expect(sentences({ access })).toEqual([])
  expect(sentences({ access: { kind: 'custom' } }, { auth: true })).toEqual([])
})

test('refuses an environment that would not use the sign-in of the project', () => {
  expect(sentences({}, { auth: true })).toEqual([
    'access.kind = "open": packages/agents/langgraph.json has a sign-in of its own ("auth"), which only "custom" uses: the server would be less protected than the file says. Set access: { kind: "custom" }, or remove "auth" from the file and run "npm run describe".',
  ])
})

test('refuses a sign-in of the project that does not exist', () => {
  expect(sentences({ access: { kind: 'custom' } })).toEqual([
    'access.kind = "custom": packages/agents/langgraph.json names no sign-in. Add "auth": { "path": "./auth.ts:auth" } to the file and run "npm run describe", or use "api-keys" or "oidc".',
  ])
})

test('refuses headers of requests in runs without a key that encrypts them', () => {
  const project = { configurableHeaders: true }
  expect(sentences({}, project)).toEqual([
    'encryption = "off": packages/agents/langgraph.json gives runs the headers of their requests ("http.configurable_headers"). They are stored encrypted, and this environment has no encryption key. Choose a sign-in (access.kind), set encryption to "required" or protected to true, or remove the headers.',
  ])
  expect(sentences({ encryption: 'required' }, project)).toEqual([])
  expect(sentences({ access: { kind: 'api-keys' } }, project)).toEqual([])
})
