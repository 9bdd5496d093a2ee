import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

/** A rule across fields: the problems of an environment whose every field is valid by itself. Pure. */
export type Invariant = (environment: Environment) => Problem[]
