/** Migration for shown approvals. */
export const shownApprovals = `
SELECT 1;
`
