import { renderEnvironment } from '@hadal/charts/render-environment'
import { reliances } from '@hadal/cli/check/reliances'
import { onCallPage } from '@hadal/cli/render/on-call-page'
import { recordedStack } from '@hadal/infra/fixtures/recorded-stack'
import { AgentsDescription, serverCapabilities } from '@hadal/platform/agents-description'
import { defineEnvironment } from '@hadal/platform/define-environment'
import type { Environment } from '@hadal/platform/environment'
import { schemaLeaves } from '@hadal/platform/fixtures/schema-leaves'
import { distinctEnvironments } from '@hadal/platform/invariants/distinct-environments'
import { EnvironmentProblems } from '@hadal/platform/problem'
import { Escalation } from '@hadal/platform/schema/escalation'

/** Text that differs between two environments if a program of this repository treats them differently. */
export type Observation = (environment: Environment, base: Environment) => Promise<string> | string

const noAgents = AgentsDescription.parse({
  server: Object.fromEntries(Object.keys(serverCapabilities).map((name) => [name, false])),
  graphs: [],
})

const texts = new WeakMap<Environment, string>()

/** Text of everything that an environment renders. Each environment is rendered once. */
function renderedText(environment: Environment): string {
  const text =
    texts.get(environment) ??
    renderEnvironment(environment)
      .map(({ path, text }) => `${path}\n${text}`)
      .join('\n')
  texts.set(environment, text)
  return text
}

/** Everything that an environment renders or creates. The cheaper one comes first: the other is observed only if the first is equal. */
export const results: readonly Observation[] = [
  renderedText,
  async (environment) => JSON.stringify((await recordedStack(environment)).resources),
]

/** What `hadal check` says that the environment relies on. */
const reliesOn: Observation = (environment) =>
  JSON.stringify(
    reliances({ environment, objects: renderEnvironment(environment), agents: noAgents, files: new Map() }),
  )

/** Whether the configuration accepts a URL of a provider without TLS. */
const acceptsPlainHttp =
  (provider: keyof Environment['models']['providers']): Observation =>
  ({ models, ...rest }) => {
    const changed = { ...models.providers[provider], baseUrl: 'http://inner.example.internal:4000' }
    try {
      defineEnvironment({ ...rest, models: { ...models, providers: { ...models.providers, [provider]: changed } } })
      return 'accepted'
    } catch (error) {
      if (error instanceof EnvironmentProblems) return 'refused'
      throw error
    }
  }

/**
 * Behaviour of each field that changes neither an object nor a resource, by the field's path: a program that acts or answers differently. Such a
 * field is rare. Most fields that would need an entry here are fields that nothing uses.
 */
export const behaviours: Readonly<Record<string, Observation>> = {
  // The page for the person on call shows them.
  ...Object.fromEntries(schemaLeaves(Escalation, 'escalation').map(({ path }) => [path, onCallPage])),
  // It decides whether connections without TLS are refused.
  development: (environment) => {
    try {
      defineEnvironment({ ...environment, redis: { kind: 'standalone' } })
      return 'accepted'
    } catch {
      return 'refused'
    }
  },
  ...Object.fromEntries(
    (['anthropic', 'openai', 'azure_openai', 'google-genai', 'google-vertexai', 'bedrock'] as const).map((name) => [
      `models.providers.${name}.destination.plainHttp`,
      acceptsPlainHttp(name),
    ]),
  ),
  // The whole address of an external Redis is a secret, so that only its operator needs this field.
  'redis.host': reliesOn,
  // Another environment in the same namespace is refused only on the same cluster.
  'cluster.name': (environment, base) =>
    JSON.stringify(distinctEnvironments([{ ...base, name: 'sibling' }, environment])),
}
