import { validate } from '@langchain/langgraph-checkpoint-validation'
import pg from 'pg'
import * as vitest from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { claimJob, openQueue } from '../fixtures/open-queue.ts'
import { LeasedSaver } from './leased-saver.ts'

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
    const queue = await openQueue(database())
    const lease = await claimJob(queue.boss)
    await queue.close()
    return new LeasedSaver(pool, { lease, onTrouble() {} })
  },
  async destroyCheckpointer(saver) {
    await saver.end()
  },
})
