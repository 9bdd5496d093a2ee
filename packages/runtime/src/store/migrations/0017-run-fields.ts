/** Migration for run fields. */
export const runFields = `
SELECT 1;
`
