import { assistants } from './assistants.ts'
import type { MethodCases } from './case.ts'
import { runs } from './runs.ts'
import { store } from './store.ts'
import { threads } from './threads.ts'

/** Cases of the methods of the JavaScript client. */
export const javaScriptCases: MethodCases = { ...assistants, ...threads, ...runs, ...store }
