/** Migration for assistants. */
export const assistants = `
SELECT 1;
`
