import type { Environment } from '../environment.ts'
import { isRecord } from '../is-record.ts'
import type { Problem } from '../problem.ts'

/** Patterns of texts that contain a secret, each with what it matches. The login of `ssh://git@…` is not a secret. */
const patterns: readonly (readonly [RegExp, string])[] = [
  [/\bhttps?:\/\/[^\s/?#@]+@/i, 'a URL with credentials'],
  [/\b[a-z][a-z\d+.-]{0,20}:\/\/[^\s/?#:@]*:[^\s/?#@]+@/i, 'a URL with a password'],
  [/[?&](?:[\w-]{0,40}[_-])?(?:api_?key|key|token|secret|password|signature|sig)=[^&\s]/i, 'a URL with a key'],
  [/-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/, 'a private key'],
  [
    /(?<![\w-])(?:sk-(?=[\w-]{0,200}\d)[\w-]{16,}|gh[opsur]_[A-Za-z\d]{30,}|github_pat_\w{30,}|glpat-[\w-]{16,}|xox[abeprs]-[\w-]{10,}|lsv2_[\w-]{16,}|AKIA[A-Z\d]{16}|AIza[\w-]{30,})/,
    'a key or token',
  ],
]

/** Requires that no text of the configuration contains a secret: the configuration is in Git, and its values are in rendered manifests and logs. */
export const noSecrets = (environment: Environment): Problem[] => secretsIn(environment, '')

function secretsIn(value: unknown, path: string): Problem[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => secretsIn(item, `${path}[${index}]`))
  if (isRecord(value))
    return Object.entries(value).flatMap(([key, item]) => secretsIn(item, path === '' ? key : `${path}.${key}`))
  if (typeof value !== 'string') return []
  const [, kind] = patterns.find(([pattern]) => pattern.test(value)) ?? []
  if (kind === undefined) return []
  return [
    {
      path,
      value: '(hidden)',
      allowed: `Contains ${kind}, but the configuration and the manifests are in Git.`,
      remedy: `Remove it, revoke the secret, and give a new one where secrets belong: ${placeOf(path)}.`,
    },
  ]
}

function placeOf(path: string): string {
  if (path.startsWith('repository.')) return "Argo CD's repository credentials"
  if (path.startsWith('agents.')) return 'the secret store, with its name in the secrets of the agent'
  return 'the secret store'
}
