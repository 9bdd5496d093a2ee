import type { ContainerVariables } from '@hadal/platform/container-variables'
import { backup } from './backup.ts'
import { backupList } from './backup-list.ts'
import type { Command } from './find-command.ts'
import { restore, restoreOptions } from './restore.ts'

/** What the commands of backups and restores need of the program. */
export interface RecoveryProgram {
  /** Reads the process environment. */
  readVariables(): ContainerVariables
  /** Returns an error as one sentence without secrets. */
  sentence(error: unknown): string
}

/** Commands of backups, restores, drills and data subjects. A name that begins with another one comes before it. */
export function recoveryCommands(program: RecoveryProgram): readonly Command[] {
  return [
    { name: 'backup list', run: () => backupList(program.readVariables()) },
    { name: 'restore', options: restoreOptions, run: (given) => restore(program, given) },
    { name: 'backup', options: { json: null }, run: ({ flags }) => backup(program, flags.has('json')) },
  ]
}
