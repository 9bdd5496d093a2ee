import { expect, test } from 'vitest'
import { wordsOfLog } from './log-words.ts'

test('keeps warnings and errors, and drops information and stack traces', () => {
  const log = `{"level":"info","event":"starting","logger":"hadal-runtime"}
{"level":"warn","event":"agents_notice","text":"The store is ignored."}
{"level":"error","event":"database_away","err":{"type":"Error","message":"The database is away."}}
node:internal/modules/esm/resolve:272
    throw new ERR_MODULE_NOT_FOUND(
          ^

Error [ERR_MODULE_NOT_FOUND]: Cannot find module 'x'
    at finalizeResolution (node:internal/modules/esm/resolve:272:11) {
  code: 'ERR_MODULE_NOT_FOUND'
}

Node.js v24.21.0
{ cut`
  expect(wordsOfLog(log)).toBe(
    "agents_notice: The store is ignored.\ndatabase_away: The database is away.\nError [ERR_MODULE_NOT_FOUND]: Cannot find module 'x'\n{ cut",
  )
})
