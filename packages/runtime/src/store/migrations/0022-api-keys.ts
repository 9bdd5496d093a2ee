/** Migration for API keys. */
export const apiKeys = 'SELECT 1'
