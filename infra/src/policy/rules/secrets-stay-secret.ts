import type { Rule } from '../policy-resource.ts'

/** Names of the Pulumi inputs that contain secrets, by type of resource. */
const bearing: Readonly<Record<string, readonly string[]>> = {
  'kubernetes:core/v1:Secret': ['data', 'stringData'],
  'postgresql:index/role:Role': ['password'],
  'pulumi:providers:postgresql': ['password'],
  'pulumi:providers:minio': ['minioPassword'],
}

/** Rule: inputs that contain secrets must be secret outputs, so that Pulumi encrypts them in its state and hides them in its output. */
export const secretsStaySecret: Rule = ({ type, props, secret }) =>
  (bearing[type] ?? [])
    .filter((input) => !isEmpty(props[input]) && !secret.has(input))
    .map((input) => `${input} would be stored unencrypted in the state. Wrap it in pulumi.secret().`)

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0)
