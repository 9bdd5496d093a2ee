import { expect, it } from 'vitest'
import { sentencesAbout, soundInput } from '../fixtures/example-environment.ts'

const limits = { cpu: '1', memory: '1Gi', ephemeralStorage: '1Gi' }
const agentWith = (requests: object) => ({
  ...soundInput,
  agent: { topology: 'together', all: { ...soundInput.agent.all, resources: { requests, limits } } },
})

it('takes requests that equal their limits in another notation', () => {
  expect(sentencesAbout(agentWith({ cpu: '1000m', memory: '1024Mi', ephemeralStorage: '1048576Ki' }))).toEqual([])
})

it('refuses each request above its limit', () => {
  expect(sentencesAbout(agentWith({ cpu: '1001m', memory: '1025Mi', ephemeralStorage: '2Gi' }))).toEqual([
    'agent.all.resources.requests.cpu = "1001m": Allowed is at most the limit, 1: Kubernetes refuses such a pod. Lower it, or raise agent.all.resources.limits.cpu.',
    'agent.all.resources.requests.memory = "1025Mi": Allowed is at most the limit, 1Gi: Kubernetes refuses such a pod. Lower it, or raise agent.all.resources.limits.memory.',
    'agent.all.resources.requests.ephemeralStorage = "2Gi": Allowed is at most the limit, 1Gi: Kubernetes refuses such a pod. Lower it, or raise agent.all.resources.limits.ephemeralStorage.',
  ])
})

it('looks at the data services too', () => {
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
