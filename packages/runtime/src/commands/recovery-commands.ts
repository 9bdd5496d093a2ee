import process from 'node:process'
import type { ContainerVariables } from '@hadal/platform/container-variables'
import type pg from 'pg'
import type { Redactor } from '../secrets/create-redactor.ts'
import { canaryCommand } from './canary.ts'
import type { Command } from './find-command.ts'
import { keepHeapSmall } from './keep-heap-small.ts'
import { ownerDatabase } from './owner-database.ts'

/** What the commands of backups and restores need of the program. */
export interface RecoveryProgram {
  /** Reads the process environment. */
  readVariables(): ContainerVariables
  /** Returns an error as one sentence without secrets. */
  sentence(error: unknown): string
  /** Returns the redactor of the process, which knows the secrets of the variables after they were read. */
  redactor(): Redactor
}

/** Output of a command: standard output for programs, standard error for people. */
export interface CommandOutput {
  readonly output: string
  readonly notice: string
}

/**
 * Commands of backups, restores, drills and data subjects. A command whose name begins with the name of another one comes before it. Each imports its
 * module when it runs, so that it takes no memory for the others.
 */
export function recoveryCommands(program: RecoveryProgram): readonly Command[] {
  /** Runs a command on the database with the role that owns the tables, and writes its output. */
  const onDatabase = async (
    name: string,
    load: () => Promise<(pool: pg.Pool) => Promise<CommandOutput>>,
  ): Promise<void> => {
    const { withDatabase } = await import('./with-database.ts')
    const work = await load()
    const { output, notice } = await withDatabase({ ...ownerDatabase(program.readVariables()), name }, work)
    process.stdout.write(output)
    process.stderr.write(notice)
  }
  return [
    {
      name: 'backup list',
      run: async () => (await import('./backup-list.ts')).backupList(program.readVariables()),
    },
    {
      name: 'backup',
      options: { json: null },
      run: async ({ flags }) => {
        keepHeapSmall()
        await (await import('./backup.ts')).backup(program, flags.has('json'))
      },
    },
    {
      name: 'restore',
      options: { backup: 'ID', threads: 'ID,ID', deleted: null, 'dry-run': null },
      run: async (given) => {
        keepHeapSmall()
        await (await import('./restore.ts')).restore(program, given)
      },
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
    {
      name: 'drill',
      options: { json: null },
      run: async ({ flags }) => (await import('./drill/run-drill.ts')).runDrill(program, flags.has('json')),
    },
    { name: canaryCommand, internal: true, run: () => writeCanary(program.readVariables()) },
    {
      name: 'review list',
      run: () => onDatabase('hadal review', async () => (await import('./review.ts')).reviewList),
    },
    {
      name: 'review release',
      argument: 'RUN_ID,RUN_ID',
      argumentIsOptional: true,
      options: { all: null },
      run: (given) =>
        onDatabase('hadal review', async () => {
          const { reviewRelease } = await import('./review.ts')
          return (pool) => reviewRelease(given, pool)
        }),
    },
    {
      name: 'review hold',
      options: { 'recovered-to': 'TIME' },
      run: (given) =>
        onDatabase('hadal review', async () => {
          const { reviewHold } = await import('./review.ts')
          const { openTarget } = await import('../backup/open-target.ts')
          const variables = program.readVariables()
          return async (pool) => {
            const target = variables.BACKUP_TARGET === undefined ? undefined : openTarget(variables)
            try {
              return await reviewHold(given, pool, target)
            } finally {
              await target?.close()
            }
          }
        }),
    },
    {
      name: 'keys confirm',
      argument: 'KEY_ID',
      argumentIsOptional: true,
      options: { all: null },
      run: (given) =>
        onDatabase('hadal keys', async () => {
          const { confirmRestoredKeys } = await import('./confirm-keys.ts')
          return (pool) => confirmRestoredKeys(given, pool)
        }),
    },
  ]
}

/** Writes the canary of a restore drill. Internal: `backup` starts this command. */
async function writeCanary(variables: ContainerVariables): Promise<void> {
  const { writeCanary: write } = await import('../backup/canary/write-canary.ts')
  const { createSeals } = await import('../secrets/create-seals.ts')
  await write({ ...ownerDatabase(variables), seals: createSeals(variables) })
}
