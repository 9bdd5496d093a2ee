import { cost } from './cost.ts'
import type { Dashboard } from './dashboard.ts'
import { operations } from './operations.ts'

/** Every dashboard. A new dashboard needs its file and a line here. */
export const dashboards: readonly Dashboard[] = [operations, cost]
