import { randomUUID } from 'node:crypto'
import { validate } from '@langchain/langgraph-checkpoint-validation'
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import * as vitest from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { LeasedSaver } from './leased-saver.ts'
import { queueDatabase } from './queue-database.ts'
import { queueSchema, runQueue } from './run-queue.ts'

// LangGraph's contract suite uses the test functions as globals.
const { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } = vitest
Object.assign(globalThis, { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test })

const database = createDatabase()

validate({
  checkpointerName: 'LeasedSaver',
  async createCheckpointer() {
    const pool = new pg.Pool({ connectionString: database() })
    // The suite expects empty tables for each saver that it requests.
    await pool.query('TRUNCATE checkpoints, checkpoint_blobs, checkpoint_writes')
    const options = { supervise: false, schedule: false, registerInstance: false, migrate: false }
    const boss = new PgBoss({ db: queueDatabase(pool), schema: queueSchema, ...options })
    await boss.start()
    const runId = randomUUID()
    const threadId = randomUUID()
    await boss.send(runQueue, { threadId }, { id: runId, singletonKey: threadId })
    const [job] = await boss.fetch(runQueue)
    await boss.stop({ graceful: false, close: false })
    return new LeasedSaver(pool, { lease: { runId, threadId, attempt: job?.retryCount ?? -1 }, onTrouble() {} })
  },
  async destroyCheckpointer(saver) {
    await saver.end()
  },
})
