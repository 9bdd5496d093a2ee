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

describe('the variables of the process', () => {
  it("have the guide's values where nothing is written", () => {
    const variables = parseContainerVariables({ DATABASE_URL: 'postgres://h/d' }, readFile)
    expect(variables).toMatchObject({
      ROLE: 'all',
      PORT: 8000,
      DATABASE_POOL_SIZE: 10,
      DATABASE_POOL_OVERFLOW: 20,
      DATABASE_POOL_TIMEOUT_SECONDS: 30,
      DATABASE_POOL_RECYCLE_SECONDS: 1800,
      DATABASE_POOL_PRE_PING: true,
    })
  })

  it('take a secret from its file before its variable', () => {
    const written = { DATABASE_URL: 'postgres://u:from-variable@h/d', DATABASE_URL_FILE: '/run/secrets/url' }
    expect(parseContainerVariables(written, readFile).DATABASE_URL).toBe('postgresql://u:from-file@h/d')
  })

  it('count an empty value as absent', () => {
    expect(parseContainerVariables({ DATABASE_URL: 'postgres://h/d', PORT: '', REDIS_URL: '' }, readFile).PORT).toBe(
      8000,
    )
  })

  it('are refused with every problem at once, each with name, value and what is allowed', () => {
    const problems = problemsOf({ PORT: '80000', ROLE: 'boss', DATABASE_POOL_SIZE: '1e2', LANGSMITH_TRACING: 'yes' })
    expect(problems).toHaveLength(5)
    expect(problems).toContain("DATABASE_URL is not set. Set DATABASE_URL_FILE to a file's path, or DATABASE_URL.")
    expect(problems).toContain('PORT = "80000": Allowed is a whole number from 0 to 65535. Change it.')
    expect(problems).toContain('ROLE = "boss": Allowed is "all", "api", "worker". Change it.')
  })

  it("never show a secret's value", () => {
    const problems = problemsOf({ DATABASE_URL: 'mysql://u:hunter2@h/d', REDIS_URL: 'hunter2' })
    expect(problems).toHaveLength(2)
    expect(problems.join()).not.toContain('hunter2')
  })

  it.each([
    ['is missing', '/run/secrets/none', "can't be read"],
    ['is empty', '/run/secrets/empty', 'the file is empty'],
  ])('are refused with one problem when the file of a secret %s', (_case, path, reason) => {
    const problems = problemsOf({ DATABASE_URL_FILE: path })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(reason)
  })

  it('are refused when the server would serve longer than it drains', () => {
    expect(problemsOf({ DATABASE_URL: 'postgres://h/d', DRAIN_SECONDS: '3', DRAIN_SERVE_SECONDS: '4' })).toHaveLength(1)
  })
})
