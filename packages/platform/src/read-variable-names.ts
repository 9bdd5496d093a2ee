import { ContainerVariables, SECRET_VARIABLES, type SecretFileVariable } from './container-variables.ts'
import { aliasNames } from './variable-aliases.ts'

/** The names of all environment variables that the server reads, including aliases and the `_FILE` variables of secrets. */
export const readVariableNames: readonly string[] = [
  ...Object.keys(ContainerVariables.shape),
  ...SECRET_VARIABLES.map((name): SecretFileVariable => `${name}_FILE`),
  ...aliasNames,
]
