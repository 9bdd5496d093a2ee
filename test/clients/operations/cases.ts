import { assistants } from './assistants.ts'
import type { OperationCases } from './case.ts'
import { runs } from './runs.ts'
import { store, system } from './store-and-system.ts'
import { threads } from './threads.ts'

/** Cases of the operations that the server serves. */
export const operationCases: OperationCases = { ...assistants, ...threads, ...runs, ...store, ...system }
