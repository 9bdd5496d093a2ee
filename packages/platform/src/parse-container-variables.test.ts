import { describe, expect, it } from 'vitest'
import { ContainerVariablesError, parseContainerVariables } from './parse-container-variables.ts'

const files: Record<string, string> = {
  '/run/secrets/url': 'postgresql://u:from-file@h/d\n',
  '/run/secrets/empty': '\n',
}
const readFile = (path: string): string => {
  const text = files[path]
  if (text === undefined) throw new Error('no such file')
  return text
}
const problemsOf = (written: Record<string, string>): readonly string[] => {
  try {
    parseContainerVariables(written, readFile)
    return []
  } catch (error) {
    if (error instanceof ContainerVariablesError) return error.problems
    throw error
  }
}

describe('the environment variables', () => {
  it("default to the guide's values", () => {
    const variables = parseContainerVariables({ DATABASE_URL: 'postgres://h/d' }, readFile)
    expect(variables).toMatchObject({
      ROLE: 'all',
      PORT: 8000,
      DATABASE_POOL_SIZE: 10,
      DATABASE_POOL_OVERFLOW: 20,
      DATABASE_POOL_TIMEOUT_SECONDS: 30,
      DATABASE_POOL_RECYCLE_SECONDS: 1800,
      DATABASE_POOL_PRE_PING: true,
      CACHE_TTL_SECONDS: 3600,
      REQUEST_LIMIT_PER_MINUTE: 60,
      BUDGET_WARN_SESSION_TOKENS: 100_000,
      VALIDATION: 'block',
      APPROVALS_ENABLED: true,
    })
  })

  it("prefer a secret's file to its variable", () => {
    const written = { DATABASE_URL: 'postgres://u:from-variable@h/d', DATABASE_URL_FILE: '/run/secrets/url' }
    expect(parseContainerVariables(written, readFile).DATABASE_URL).toBe('postgresql://u:from-file@h/d')
  })

  it('count as not set if their value is empty', () => {
    expect(parseContainerVariables({ DATABASE_URL: 'postgres://h/d', PORT: '', REDIS_URL: '' }, readFile).PORT).toBe(
      8000,
    )
  })

  it('are rejected with all problems at once, each with name, value and the allowed values', () => {
    const problems = problemsOf({ PORT: '80000', ROLE: 'boss', DATABASE_POOL_SIZE: '1e2', LANGSMITH_TRACING: 'yes' })
    expect(problems).toHaveLength(5)
    expect(problems).toContain("DATABASE_URL is not set. Set DATABASE_URL_FILE to a file's path, or DATABASE_URL.")
    expect(problems).toContain('PORT = "80000": Must be a whole number from 0 to 65535. Change it.')
    expect(problems).toContain('ROLE = "boss": Must be one of "all", "api", "worker". Change it.')
  })

  it('name the models and the routing, which is validated JSON', () => {
    const routing = { simple: 'anthropic:a', standard: 'anthropic:b', complex: 'openai:c' }
    const written = {
      DATABASE_URL: 'postgres://h/d',
      MODEL_FALLBACKS: 'openai:c, anthropic:b',
      MODEL_ROUTING: JSON.stringify(routing),
    }
    expect(parseContainerVariables(written, readFile)).toMatchObject({
      MODEL_FALLBACKS: ['openai:c', 'anthropic:b'],
      MODEL_ROUTING: { ...routing, simpleBelowTokens: 500, simpleBelowTools: 3, standardBelowTokens: 2_000 },
    })
    const { MODEL_FALLBACKS, MODEL_ROUTING } = parseContainerVariables({ DATABASE_URL: 'postgres://h/d' }, readFile)
    expect([MODEL_FALLBACKS, MODEL_ROUTING]).toEqual([[], undefined])
    const problems = problemsOf({ DATABASE_URL: 'postgres://h/d', MODEL_DEFAULT: 'gpt', MODEL_ROUTING: '{' })
    expect(problems).toEqual([
      'MODEL_DEFAULT = "gpt": Must be "<provider>:<model id>", e.g. "anthropic:claude-sonnet-5". Change it.',
      'MODEL_ROUTING = "{": Must be JSON such as {"simple": …, "standard": …, "complex": …}. Change it.',
    ])
  })

  it('set budgets of tokens and money only if they are given', () => {
    const written = { DATABASE_URL: 'postgres://h/d', BUDGET_RUN_USD: '0.5', BUDGET_TENANT_DAY_TOKENS: '20000000' }
    const variables = parseContainerVariables(written, readFile)
    expect(variables).toMatchObject({ BUDGET_RUN_USD: 0.5, BUDGET_TENANT_DAY_TOKENS: 20_000_000 })
    expect(variables.BUDGET_RUN_TOKENS).toBeUndefined()
    expect(variables.BUDGET_WARN_SESSION_TOKENS).toBe(100_000)
    expect(problemsOf({ ...written, BUDGET_RUN_USD: '1e-3', BUDGET_THREAD_TOKENS: '0' })).toEqual([
      'BUDGET_RUN_USD = "1e-3": Must be a number of US dollars above 0. Change it.',
      'BUDGET_THREAD_TOKENS = "0": Must be a whole number of tokens above 0. Change it.',
    ])
  })

  it("never show a secret's value", () => {
    const problems = problemsOf({ DATABASE_URL: 'mysql://u:hunter2@h/d', REDIS_URL: 'hunter2' })
    expect(problems).toHaveLength(2)
    expect(problems.join()).not.toContain('hunter2')
  })

  it.each([
    ['is missing', '/run/secrets/none', "can't be read"],
    ['is empty', '/run/secrets/empty', 'the file is empty'],
  ])('are rejected with one problem if the file of a secret %s', (_case, path, reason) => {
    const problems = problemsOf({ DATABASE_URL_FILE: path })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(reason)
  })

  it('are rejected if the server would serve longer than it drains', () => {
    expect(problemsOf({ DATABASE_URL: 'postgres://h/d', DRAIN_SECONDS: '3', DRAIN_SERVE_SECONDS: '4' })).toHaveLength(1)
  })

  it('are rejected if Redis must have TLS and its address has none', () => {
    const redis = { DATABASE_URL: 'postgres://h/d', REDIS_TLS: 'verify', REDIS_URL: 'redis://user:hunter2@h' }
    expect(problemsOf(redis)).toEqual([
      'REDIS_URL begins with redis://, but REDIS_TLS is "verify". Use rediss://, or set REDIS_TLS to "off".',
    ])
    expect(problemsOf({ ...redis, REDIS_URL: 'rediss://user:hunter2@h' })).toEqual([])
  })
})
