import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

/** Rule across fields: returns the problems of an environment whose fields are valid by themselves. Pure function. */
export type Invariant = (environment: Environment) => Problem[]
