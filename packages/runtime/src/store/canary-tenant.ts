/** Tenant of the canary, a run that each backup writes and that only a restore drill executes. Its rows are of no user. */
export const canaryTenant = 'hadal:canary'
