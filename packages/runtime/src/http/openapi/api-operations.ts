import { assistantOperations } from './assistant-operations.ts'
import type { Operations } from './operation.ts'
import { runOperations } from './run-operations.ts'
import { storeOperations } from './store-operations.ts'
import { systemOperations } from './system-operations.ts'
import { threadOperations } from './thread-operations.ts'

/** Operations of the LangGraph API that the server serves. */
export const apiOperations: Operations = {
  ...assistantOperations,
  ...threadOperations,
  ...runOperations,
  ...storeOperations,
  ...systemOperations,
}
