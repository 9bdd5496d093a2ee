import { expect, test } from 'vitest'
import { wordsOfLog } from './log-words.ts'

test('keeps warnings and errors, and drops information and stack traces', () => {
  const log = `{"level":"info","msg":"starting"}
{"level":30,"msg":"still starting"}
{"level":"error","msg":"The database is away."}
node:internal/modules/esm/resolve:272
    throw new ERR_MODULE_NOT_FOUND(
          ^

Error [ERR_MODULE_NOT_FOUND]: Cannot find module 'x'
    at finalizeResolution (node:internal/modules/esm/resolve:272:11) {
  code: 'ERR_MODULE_NOT_FOUND'
}

Node.js v24.21.0
{ cut`
  expect(wordsOfLog(log)).toBe("The database is away.\nError [ERR_MODULE_NOT_FOUND]: Cannot find module 'x'\n{ cut")
})
