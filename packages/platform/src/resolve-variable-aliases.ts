import { PROVIDER_KEY_VARIABLES } from './container-variables.ts'
import { isFernetToken } from './fernet.ts'
import { readSecretVariable } from './read-secret-variable.ts'
import { LANGCHAIN_ALIASES, type LangChainAlias, REDIS_PART_VARIABLES, TRACING_SWITCHES } from './variable-aliases.ts'

type Variables = Readonly<Record<string, string | undefined>>
type ReadFile = (path: string) => string

/** Variables of a process in which every alias is replaced by the variable that it stands for, and the problems of the aliases. */
interface ResolvedVariables {
  readonly variables: Variables
  readonly problems: readonly string[]
}

/**
 * Replaces the production guide's names for variables by the server's own: `LANGCHAIN_TRACING_V2`, `LANGCHAIN_API_KEY`, `LANGCHAIN_PROJECT` and
 * `LANGCHAIN_ENDPOINT`; `REDIS_HOST`, `REDIS_PORT` and `REDIS_PASSWORD`; `<PROVIDER>_API_KEY_ENCRYPTED`. A secret's file is read only if its alias
 * is used.
 *
 * @param written values of the environment variables, by name
 * @param readFile returns the text of a file, or throws
 */
export function resolveVariableAliases(written: Variables, readFile: ReadFile): ResolvedVariables {
  const variables: Record<string, string | undefined> = { ...written }
  const problems: string[] = []
  resolveTracing(variables, problems)
  for (const alias of LANGCHAIN_ALIASES) resolveLangChain(alias, variables, problems, readFile)
  resolveRedis(variables, problems, readFile)
  for (const name of PROVIDER_KEY_VARIABLES) resolveEncryptedKey(name, variables, problems, readFile)
  return { variables, problems }
}

type Mutable = Record<string, string | undefined>

/** Sets LANGSMITH_TRACING to `true` only if no switch of LangSmith's tracing is off and at least one is on. */
function resolveTracing(variables: Mutable, problems: string[]): void {
  const given = TRACING_SWITCHES.filter((name) => variables[name])
  for (const name of given) {
    if (variables[name] === 'true' || variables[name] === 'false') continue
    problems.push(`${name} = "${variables[name]}": Must be one of "true", "false". Change it.`)
  }
  if (given.length === 0) return
  // LANGSMITH_TRACING itself is validated with the other variables.
  const values = [...given, 'LANGSMITH_TRACING'].map((name) => variables[name] || undefined)
  const own = variables.LANGSMITH_TRACING
  if (own && own !== 'true') return
  variables.LANGSMITH_TRACING = String(values.every((value) => value === undefined || value === 'true'))
}

function resolveLangChain(
  { alias, name }: LangChainAlias,
  variables: Mutable,
  problems: string[],
  readFile: ReadFile,
): void {
  const read = (variable: typeof alias | typeof name) =>
    variable === 'LANGCHAIN_API_KEY' || variable === 'LANGSMITH_API_KEY'
      ? readSecretVariable(variable, variables, readFile)
      : { value: variables[variable] || undefined }
  const given = read(alias)
  if (given.problem) problems.push(given.problem)
  if (given.value === undefined) return
  const own = read(name).value
  if (own !== undefined && own !== given.value) problems.push(differs(alias, name))
  if (own !== undefined || variables[`${name}_FILE`]) return
  variables[name] = given.value
}

function resolveRedis(variables: Mutable, problems: string[], readFile: ReadFile): void {
  const password = readSecretVariable('REDIS_PASSWORD', variables, readFile)
  if (password.problem) problems.push(password.problem)
  if (variables.REDIS_PORT?.startsWith(serviceLink)) delete variables.REDIS_PORT
  const { REDIS_HOST: host, REDIS_PORT: port } = variables
  if (!host) {
    const given = port ? 'REDIS_PORT' : password.value ? 'REDIS_PASSWORD' : undefined
    if (given && !variables.REDIS_URL && !variables.REDIS_URL_FILE)
      problems.push(`${given} is set, but REDIS_HOST is not. Set REDIS_HOST, or REDIS_URL instead.`)
    else if (given) compareRedis(variables, password.value, problems, readFile)
    return
  }
  if (port && !isPort(port)) {
    problems.push(`REDIS_PORT = "${port}": Must be a whole number from 1 to 65535. Change it.`)
    return
  }
  const scheme = variables.REDIS_TLS === 'verify' ? 'rediss' : 'redis'
  const user = password.value === undefined ? '' : `:${encodeURIComponent(password.value)}@`
  const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
  const url = `${scheme}://${user}${name}:${port || usualRedisPort}`
  if (!hostPattern.test(host) || !URL.canParse(url)) {
    problems.push(`REDIS_HOST = "${host}": Must be a host name or an IP address. Change it, or set REDIS_URL instead.`)
    return
  }
  if (variables.REDIS_URL || variables.REDIS_URL_FILE) compareRedis(variables, password.value, problems, readFile)
  else variables.REDIS_URL = url
}

const usualRedisPort = '6379'

/** Pattern of a host name, or of an IPv4 or IPv6 address with or without brackets. Other characters would change the meaning of the URL. */
const hostPattern = /^(?:[\w.-]+|\[?[\da-f:.]*:[\da-f:.]*\]?)$/i

/** Beginning of the value that Kubernetes and Docker give to REDIS_PORT in the containers of a namespace or a network with a service `redis`. */
const serviceLink = 'tcp://'

const isPort = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535

/** Adds a problem for each of the guide's parts of Redis' address that differs from REDIS_URL. A part that is not set is not compared. */
function compareRedis(variables: Mutable, password: string | undefined, problems: string[], readFile: ReadFile): void {
  const url = readSecretVariable('REDIS_URL', variables, readFile).value
  if (url === undefined || !URL.canParse(url)) return
  const address = new URL(url)
  const parts = {
    REDIS_HOST: [plainHost(variables.REDIS_HOST), plainHost(address.hostname)],
    REDIS_PORT: [variables.REDIS_PORT?.replace(/^0+(?=\d)/, ''), address.port || usualRedisPort],
    REDIS_PASSWORD: [password, decoded(address.password)],
  } as const satisfies Record<(typeof REDIS_PART_VARIABLES)[number], readonly (string | undefined)[]>
  for (const name of REDIS_PART_VARIABLES) {
    const [given, own] = parts[name]
    if (given && given !== own) problems.push(differs(name, 'REDIS_URL'))
  }
}

/** A host in the notation that two variables share: in lower case, and an IPv6 address without brackets and in its short form. */
function plainHost(host: string | undefined): string | undefined {
  const plain = host?.replace(/^\[|\]$/g, '').toLowerCase()
  if (plain === undefined || !plain.includes(':') || !URL.canParse(`http://[${plain}]`)) return plain
  return new URL(`http://[${plain}]`).hostname.replace(/^\[|\]$/g, '')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function resolveEncryptedKey(
  name: (typeof PROVIDER_KEY_VARIABLES)[number],
  variables: Mutable,
  problems: string[],
  readFile: ReadFile,
): void {
  const alias = `${name}_ENCRYPTED` as const
  const token = readSecretVariable(alias, variables, readFile)
  if (token.problem) problems.push(token.problem)
  if (token.value === undefined) return
  if (!isFernetToken(token.value)) {
    problems.push(
      `${alias} does not hold a Fernet token. Encrypt the key with "hadal-runtime secrets encrypt", or set ${name} to the plain key.`,
    )
    return
  }
  const own = readSecretVariable(name, variables, readFile).value
  if (own !== undefined && own !== token.value) problems.push(differs(alias, name))
  if (own !== undefined || variables[`${name}_FILE`]) return
  variables[name] = token.value
}

const differs = (alias: string, name: string): string =>
  `${alias} and ${name} are both set, to different values. Unset one of them.`
