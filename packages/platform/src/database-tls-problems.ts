import type { ContainerVariables } from './container-variables.ts'

const addresses = ['DATABASE_URL', 'DATABASE_DIRECT_URL', 'DATABASE_READ_URL'] as const

/** Parameters that would change how TLS is done. `sslmode` is read apart; `sslrootcert` is heeded where `DATABASE_CA_FILE` is not set. */
const others = ['ssl', 'sslcert', 'sslkey', 'sslnegotiation', 'uselibpqcompat'] as const

/**
 * Sentences about addresses of the database that ask for less than `DATABASE_TLS` = "verify" gives. They are refused and not passed over:
 * whoever wrote one believes something else of the connection. No address is shown, for each bears a password.
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
        `${name} has ${parameter}, and DATABASE_TLS is "verify". Write sslmode=verify-full there, or nothing about TLS.`,
    )
  })
}
