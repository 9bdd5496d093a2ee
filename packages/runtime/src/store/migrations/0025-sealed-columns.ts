/** Migration for sealed columns. */
export const sealedColumns = 'SELECT 1'
