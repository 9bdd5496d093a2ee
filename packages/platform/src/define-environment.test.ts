import { describe, expect, it } from 'vitest'
import { defineEnvironment } from './define-environment.ts'
import { sentencesAbout, soundInput, soundProtectedInput } from './fixtures/example-environment.ts'
import { EnvironmentProblems } from './problem.ts'

describe('what is sound', () => {
  it('comes back with every default filled in', () => {
    const environment = defineEnvironment(soundInput)
    expect(environment.agent.drainSeconds).toBe(840)
    expect(environment.limits.requestsPerMinute).toBe(60)
    expect(environment.postgres.pool).toEqual({
      size: 10,
      overflow: 20,
      timeoutSeconds: 30,
      recycleSeconds: 1800,
      prePing: true,
    })
  })

  it('stays the same when it is defined again', () => {
    const environment = defineEnvironment(soundProtectedInput)
    expect(defineEnvironment(environment)).toEqual(environment)
  })
})

describe('what is wrong with one field', () => {
  it.each([
    [
      'an unknown field names the known ones and the nearest',
      { ...soundInput, agent: { ...soundInput.agent, all: { autoscaling: { kind: 'none', replcas: 2 } } } },
      'agent.all.autoscaling.replcas: There is no such field. Known here: kind, replicas. Write "replicas" if that is meant, or remove it.',
    ],
    [
      'an unknown field of a kind names the fields of that kind',
      { ...soundInput, postgres: { kind: 'standalone', instances: 3, maxConnections: 1000 } },
      'postgres.instances: There is no such field. Known here: kind, pool, storage, resources, maxConnections. Remove it.',
    ],
    [
      'an unknown field of an object with defaults does the same',
      { ...soundInput, cache: { ttl: 60 } },
      'cache.ttl: There is no such field. Known here: enabled, ttlSeconds. Remove it.',
    ],
    [
      'a wrong unit names the right ones',
      { ...soundInput, postgres: { ...soundInput.postgres, storage: { size: '20GB' } } },
      'postgres.storage.size = "20GB": Allowed is a whole number with Ki, Mi, Gi or Ti, e.g. "512Mi". Change it.',
    ],
    [
      'a tag is no digest',
      { ...soundInput, release: { image: { ...soundInput.release.image, digest: 'latest' } } },
      'release.image.digest = "latest": Allowed is "sha256:" and 64 hexadecimal digits, never a tag such as "latest". Change it.',
    ],
    [
      'a repository bears no tag',
      {
        ...soundInput,
        release: { image: { ...soundInput.release.image, repository: 'registry.example.com/a:latest' } },
      },
      'release.image.repository = "registry.example.com/a:latest": Allowed is registry and path without a tag, e.g. "registry.example.com/team/deep-agents". Change it.',
    ],
    [
      'an unknown kind names the known ones',
      { ...soundInput, redis: { kind: 'sentinel' } },
      'redis.kind = "sentinel": Allowed is "cluster", "standalone", "external". Change it.',
    ],
    [
      'a missing kind names the known ones',
      { ...soundInput, redis: {} },
      'redis.kind: It is missing. Allowed is "cluster", "standalone", "external". Add it.',
    ],
    [
      'an unknown choice names the known ones',
      { ...soundInput, cluster: { operators: 'mine' } },
      'cluster.operators = "mine": Allowed is "managed", "present". Change it.',
    ],
    [
      'a missing object names its fields',
      { ...soundInput, quota: undefined },
      'quota: It is missing. Allowed is an object. Add it with requests, limits, pods.',
    ],
    [
      'a number beyond its bound names the bound',
      { ...soundInput, postgres: { ...soundInput.postgres, instances: 10 } },
      'postgres.instances = 10: Allowed is at most 9. Change it.',
    ],
    [
      'a fraction is no count',
      { ...soundInput, quota: { ...soundInput.quota, pods: 500.5 } },
      'quota.pods = 500.5: Allowed is a whole number. Change it.',
    ],
    [
      'a text is no number',
      { ...soundInput, quota: { ...soundInput.quota, pods: '500' } },
      'quota.pods = "500": Allowed is a number. Change it.',
    ],
    [
      'an entry of a list is named by its place',
      { ...soundInput, exposure: { kind: 'internal', clientNamespaces: ['fine', 'Not Fine'] } },
      'exposure.clientNamespaces[1] = "Not Fine": Allowed is lower-case letters, digits and "-", starting with a letter, e.g. "prod". Change it.',
    ],
    [
      'a list that must not be empty says so',
      { ...soundInput, slo: { burnRates: [] } },
      'slo.burnRates = []: Allowed are at least 1 entry. Change it.',
    ],
    [
      'a budget that bounds nothing says what it may hold',
      { ...soundInput, budgets: { run: {} } },
      'budgets.run = {}: Allowed is tokens, usd, or both. Change it.',
    ],
    [
      'an amount of money is above zero',
      { ...soundInput, budgets: { run: { usd: 0 } } },
      'budgets.run.usd = 0: Allowed is a number above 0. Change it.',
    ],
    [
      'an address without its scheme is none',
      { ...soundInput, access: { kind: 'oidc', issuer: 'id.example.com', audience: 'agents' } },
      'access.issuer = "id.example.com": Allowed is an address that begins with https://. Change it.',
    ],
  ])('%s', (_title, input, sentence) => {
    expect(sentencesAbout(input)).toEqual([sentence])
  })

  it('an unknown field never shows its value', () => {
    expect(sentencesAbout({ ...soundInput, anthropicKey: 'sk-secret' }).join()).not.toContain('sk-secret')
  })

  it('what is no object at all is said in one sentence', () => {
    for (const input of [null, undefined, 5, 'dev', []])
      expect(() => defineEnvironment(input as never)).toThrow(EnvironmentProblems)
  })
})

describe('several problems', () => {
  it('are all said at once, of fields and across fields', () => {
    const sentences = sentencesAbout({
      ...soundInput,
      surprise: true,
      redis: { kind: 'sentinel' },
      namespace: 'kube-system',
      agent: {
        topology: 'together',
        all: { autoscaling: { kind: 'none', replicas: 1 } },
        drainSeconds: 900,
      },
    })
    expect(sentences.map((sentence) => sentence.split(/[ :]/)[0])).toEqual([
      'redis.kind',
      'surprise',
      'namespace',
      'agent.all.minAvailable',
      'agent.gracePeriodSeconds',
    ])
  })

  it('make one message, a line each, under the name of the environment', () => {
    expect(() =>
      defineEnvironment({ ...soundInput, namespace: 'default', models: { ...soundInput.models, default: 'openai:a' } }),
    ).toThrow(/^The environment test can't be used:\n- namespace = "default": .*\n- models.default = "openai:a": .*$/)
  })
})
