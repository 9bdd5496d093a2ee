import process from 'node:process'
import type pg from 'pg'
import { copyDeletions } from '../backup/deletions/copy-deletions.ts'
import { openTarget, type TargetVariables } from '../backup/open-target.ts'
import { createSeals } from '../secrets/create-seals.ts'
import type { GivenArguments } from './find-command.ts'
import { givenSubject } from './given-subject.ts'
import { ownerDatabase } from './owner-database.ts'
import type { RecoveryProgram } from './recovery-commands.ts'
import { deleteSubject } from './subject-delete.ts'
import { exportSubject } from './subject-export.ts'
import { withDatabase } from './with-database.ts'

/** Executes `hadal-runtime subject export`. @throws Error with one sentence */
export async function subjectExport(program: RecoveryProgram, given: GivenArguments): Promise<void> {
  const subject = givenSubject(given)
  const variables = program.readVariables()
  const notice = await withDatabase({ ...ownerDatabase(variables), name: 'hadal subject' }, async (pool) => {
    const client = await pool.connect()
    try {
      return await exportSubject(client, subject, createSeals(variables), process.stdout)
    } finally {
      client.release(true)
    }
  })
  process.stderr.write(notice)
}

/** Executes `hadal-runtime subject delete`. @throws Error with one sentence */
export async function subjectDelete(program: RecoveryProgram, given: GivenArguments): Promise<void> {
  const subject = givenSubject(given)
  const variables = program.readVariables()
  await withDatabase({ ...ownerDatabase(variables), name: 'hadal subject' }, async (pool) => {
    process.stdout.write(await deleteSubject(pool, subject))
    process.stderr.write(await logged(program, pool, variables))
  })
}

/** Copies the deletion to the log of deletions, if the command has the variables of the backup target. @returns a sentence about it */
async function logged(program: RecoveryProgram, pool: pg.Pool, variables: TargetVariables): Promise<string> {
  if (variables.BACKUP_TARGET === undefined)
    return 'BACKUP_TARGET is not set: a server with a backup target appends the deletion to its log of deletions within a minute.\n'
  try {
    const target = openTarget(variables)
    try {
      await copyDeletions(pool, target)
    } finally {
      await target.close()
    }
    return 'The log of deletions in the backup target has the deletion: a restore of an older backup applies it.\n'
  } catch (error) {
    return `The deletion is not yet in the log of deletions: ${program.sentence(error)} A server appends it within a minute.\n`
  }
}
