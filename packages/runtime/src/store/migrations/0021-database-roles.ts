/** Migration for database roles. */
export const databaseRoles = 'SELECT 1'
