/** Migration for limits of tenants. */
export const tenantLimits = 'SELECT 1'
