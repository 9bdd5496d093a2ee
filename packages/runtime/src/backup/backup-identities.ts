import type { ContainerVariables } from '@hadal/platform/container-variables'

/** Returns the age identities of the variable. The comments of a file by `age-keygen` are left out. */
export const backupIdentities = ({ BACKUP_IDENTITY }: Pick<ContainerVariables, 'BACKUP_IDENTITY'>): readonly string[] =>
  (BACKUP_IDENTITY ?? '')
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#'))
    .flatMap((line) => line.split(','))
    .map((identity) => identity.trim())
    .filter((identity) => identity !== '')
