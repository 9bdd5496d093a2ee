/** Migration for thread fields. */
export const threadFields = `
SELECT 1;
`
