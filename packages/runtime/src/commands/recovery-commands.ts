import type { ContainerVariables } from '@hadal/platform/container-variables'
import { canaryCommand } from './canary.ts'
import type { Command } from './find-command.ts'
import { ownerDatabase } from './owner-database.ts'

/** What the commands of backups and restores need of the program. */
export interface RecoveryProgram {
  /** Reads the process environment. */
  readVariables(): ContainerVariables
  /** Returns an error as one sentence without secrets. */
  sentence(error: unknown): string
}

/**
 * Commands of backups, restores, drills and data subjects. A command whose name begins with the name of another one comes before it. Each imports its
 * module when it runs, so that it takes no memory for the others.
 */
export function recoveryCommands(program: RecoveryProgram): readonly Command[] {
  return [
    {
      name: 'backup list',
      run: async () => (await import('./backup-list.ts')).backupList(program.readVariables()),
    },
    {
      name: 'backup',
      options: { json: null },
      run: async ({ flags }) => (await import('./backup.ts')).backup(program, flags.has('json')),
    },
    {
      name: 'restore',
      options: { backup: 'ID', threads: 'ID,ID', deleted: null, 'dry-run': null },
      run: async (given) => (await import('./restore.ts')).restore(program, given),
    },
    {
      name: 'subject export',
      options: { user: 'USER', tenant: 'TENANT', thread: 'ID' },
      run: async (given) => (await import('./subject.ts')).subjectExport(program, given),
    },
    {
      name: 'subject delete',
      options: { user: 'USER', tenant: 'TENANT', thread: 'ID' },
      run: async (given) => (await import('./subject.ts')).subjectDelete(program, given),
    },
    { name: canaryCommand, internal: true, run: () => writeCanary(program.readVariables()) },
  ]
}

/** Writes the canary of a restore drill. Internal: `backup` starts this command. */
async function writeCanary(variables: ContainerVariables): Promise<void> {
  const { writeCanary: write } = await import('../backup/canary/write-canary.ts')
  const { createSeals } = await import('../secrets/create-seals.ts')
  await write({ ...ownerDatabase(variables), seals: createSeals(variables) })
}
