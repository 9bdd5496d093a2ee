/** Migration for run credentials. */
export const runCredentials = 'SELECT 1'
