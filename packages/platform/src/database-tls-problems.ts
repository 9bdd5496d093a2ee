import type { ContainerVariables } from './container-variables.ts'

const addresses = [
  'DATABASE_URL',
  'DATABASE_DIRECT_URL',
  'DATABASE_READ_URL',
  'DATABASE_LOOPS_URL',
  'DATABASE_OWNER_URL',
] as const

/**
 * URL parameters that would change TLS. `sslmode` is handled separately; `sslrootcert` is allowed and takes effect if `DATABASE_CA_FILE` is
 * not set.
 */
const others = ['ssl', 'sslcert', 'sslkey', 'sslnegotiation', 'uselibpqcompat'] as const

/**
 * Error messages for database addresses whose parameters contradict `DATABASE_TLS` = "verify". Such an address is an error instead of being
 * ignored, because its author expects a connection without verification. Messages don't show the address: it contains a password.
 */
export function databaseTlsProblems(
  variables: Pick<ContainerVariables, 'DATABASE_TLS' | (typeof addresses)[number]>,
): string[] {
  if (variables.DATABASE_TLS === 'off') return []
  return addresses.flatMap((name) => {
    const url = variables[name]
    if (url === undefined) return []
    const { searchParams } = new URL(url)
    const modes = searchParams.getAll('sslmode').filter((mode) => mode !== 'verify-full')
    const asked = [
      ...modes.map((mode) => `sslmode=${mode}`),
      ...others.filter((parameter) => searchParams.has(parameter)).map((parameter) => `${parameter}=…`),
    ]
    return asked.map(
      (parameter) =>
        `${name} has ${parameter}, but DATABASE_TLS is "verify". Use sslmode=verify-full, or remove the TLS parameters.`,
    )
  })
}
