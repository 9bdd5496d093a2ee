/** Migration for store search. */
export const storeSearch = `
SELECT 1;
`
