import { expect, it } from 'vitest'
import { sentencesAbout, soundInput } from '../fixtures/example-environment.ts'

const withModels = (models: object) => ({ ...soundInput, models: { ...soundInput.models, ...models } })
const routing = { simple: 'anthropic:small', standard: 'anthropic:a-model', complex: 'anthropic:large' }

it('accepts models whose providers are configured', () => {
  const models = { providers: { anthropic: {}, openai: {} }, fallbacks: ['openai:another', 'anthropic:small'], routing }
  expect(sentencesAbout(withModels(models))).toEqual([])
})

it('rejects each model of a provider that is not configured', () => {
  const models = {
    default: 'openai:a',
    fallbacks: ['openai:b'],
    routing: { simple: 'openai:c', standard: 'openai:d', complex: 'openai:e' },
  }
  const paths = [
    'default = "openai:a"',
    'fallbacks[0] = "openai:b"',
    'routing.simple = "openai:c"',
    'routing.standard = "openai:d"',
    'routing.complex = "openai:e"',
  ]
  expect(sentencesAbout(withModels(models))).toEqual(
    paths.map(
      (path) =>
        `models.${path}: The provider of the model is not configured. Configured providers: anthropic. Add models.providers.openai: {}, or choose another model.`,
    ),
  )
})

it('lists "none" if no provider is configured', () => {
  expect(sentencesAbout(withModels({ providers: {} }))[0]).toContain('Configured providers: none.')
})

it('rejects a fallback that equals the default or an earlier fallback', () => {
  const models = { fallbacks: ['anthropic:a-model', 'anthropic:b', 'anthropic:b'] }
  expect(sentencesAbout(withModels(models)).map((sentence) => sentence.split(' ')[0])).toEqual([
    'models.fallbacks[0]',
    'models.fallbacks[2]',
  ])
})

it('rejects routing thresholds that leave no room for a standard request', () => {
  const tokens = (simpleBelowTokens: number) =>
    withModels({ routing: { ...routing, simpleBelowTokens, standardBelowTokens: 2000 } })
  expect(sentencesAbout(tokens(1999))).toEqual([])
  expect(sentencesAbout(tokens(2000))).toEqual([
    'models.routing.simpleBelowTokens = 2000: Must be less than standardBelowTokens (2000). Otherwise no request is routed to the standard model. Lower it, or raise standardBelowTokens.',
  ])
})

it('accepts models of clouds and of packages', () => {
  const models = {
    providers: {
      azure_openai: { baseUrl: 'https://acme.openai.azure.com', apiVersion: '2025-04-01-preview' },
      'google-vertexai': { project: 'acme-agents', location: 'europe-west3' },
      bedrock: { region: 'eu-central-1' },
    },
    packages: { mistralai: { package: '@langchain/mistralai', class: 'ChatMistralAI' } },
    default: 'bedrock:eu.anthropic.claude-sonnet-5-v1:0',
    fallbacks: ['azure_openai:gpt-5.6', 'google-vertexai:gemini-3-pro', 'mistralai:mistral-large-latest'],
  }
  expect(sentencesAbout(withModels(models))).toEqual([])
})

it('rejects a package with the name of a provider that the server supports, and a key in its options', () => {
  const entry = { package: '@langchain/aws', class: 'ChatBedrockConverse' }
  const packages = { bedrock: entry, other: { ...entry, options: { apiKey: 'a-real-key' } } }
  expect(sentencesAbout(withModels({ packages }))).toEqual([
    'models.packages.bedrock = "bedrock": The server supports this provider itself. Use models.providers.bedrock, or another name.',
    'models.packages.other.options.apiKey = "(hidden)": The key of a provider must be in the secret store, not in Git. Remove it, revoke the key, and put a new one into the secret store.',
  ])
})

it('names the package that a model of an unknown provider needs', () => {
  expect(sentencesAbout(withModels({ fallbacks: ['mistralai:large', 'bedrock:nova'] }))).toEqual([
    'models.fallbacks[0] = "mistralai:large": The provider of the model is not configured. Configured providers: anthropic. Add models.packages.mistralai with a LangChain package, use one of the providers anthropic, openai, azure_openai, google-genai, google-vertexai, bedrock, or choose another model.',
    'models.fallbacks[1] = "bedrock:nova": The provider of the model is not configured. Configured providers: anthropic. Add models.providers.bedrock: { … }, or choose another model.',
  ])
})
