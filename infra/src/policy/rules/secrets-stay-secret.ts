import type { Rule } from '../policy-resource.ts'

/** The inputs that bear a secret, by type. */
const bearing: Readonly<Record<string, readonly string[]>> = {
  'kubernetes:core/v1:Secret': ['data', 'stringData'],
  'postgresql:index/role:Role': ['password'],
  'pulumi:providers:postgresql': ['password'],
  'pulumi:providers:minio': ['minioPassword'],
}

/** What bears a secret is one to Pulumi, so that its state and its output hold ciphertext. */
export const secretsStaySecret: Rule = ({ type, props, secret }) =>
  (bearing[type] ?? [])
    .filter((input) => !isEmpty(props[input]) && !secret.has(input))
    .map((input) => `${input} would stand in the state for all to read. Wrap it in pulumi.secret().`)

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0)
