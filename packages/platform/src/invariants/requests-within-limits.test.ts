import { expect, it } from 'vitest'
import { sentencesAbout, soundInput } from '../fixtures/example-environment.ts'

const limits = { cpu: '1', memory: '1Gi', ephemeralStorage: '1Gi' }
const agentWith = (requests: object) => ({
  ...soundInput,
  agent: { topology: 'together', all: { ...soundInput.agent.all, resources: { requests, limits } } },
})

it('accepts requests that equal their limits in another notation', () => {
  expect(sentencesAbout(agentWith({ cpu: '1000m', memory: '1024Mi', ephemeralStorage: '1048576Ki' }))).toEqual([])
})

it('rejects each request above its limit', () => {
  expect(sentencesAbout(agentWith({ cpu: '1001m', memory: '1025Mi', ephemeralStorage: '2Gi' }))).toEqual([
    'agent.all.resources.requests.cpu = "1001m": Must be at most the limit, 1. Kubernetes rejects a pod whose request exceeds its limit. Lower it, or raise agent.all.resources.limits.cpu.',
    'agent.all.resources.requests.memory = "1025Mi": Must be at most the limit, 1Gi. Kubernetes rejects a pod whose request exceeds its limit. Lower it, or raise agent.all.resources.limits.memory.',
    'agent.all.resources.requests.ephemeralStorage = "2Gi": Must be at most the limit, 1Gi. Kubernetes rejects a pod whose request exceeds its limit. Lower it, or raise agent.all.resources.limits.ephemeralStorage.',
  ])
})

it('checks PostgreSQL and Redis too', () => {
  const resources = { requests: { cpu: '2', memory: '1Gi' }, limits }
  const sentences = sentencesAbout({
    ...soundInput,
    postgres: { ...soundInput.postgres, resources },
    redis: { ...soundInput.redis, resources },
  })
  expect(sentences.map((sentence) => sentence.split(' ')[0])).toEqual([
    'postgres.resources.requests.cpu',
    'redis.resources.requests.cpu',
  ])
})
