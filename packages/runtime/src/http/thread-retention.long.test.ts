import { randomUUID } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, test } from 'vitest'
import { createDatabase } from '../fixtures/create-database.ts'
import { prunedGraphs, pruneRandomHistories } from '../fixtures/random-histories.ts'
import { useTestServer } from '../fixtures/start-test-server.ts'

const file = join(tmpdir(), `langgraph-${randomUUID()}.json`)
writeFileSync(file, JSON.stringify({ graphs: prunedGraphs }))
afterAll(() => rmSync(file))
const server = useTestServer(createDatabase(), { AGENTS_CONFIG: file })

test('keep-latest leaves kept states, their resumes and continuations as they were, in 50 random histories', () =>
  pruneRandomHistories(server(), 50))
