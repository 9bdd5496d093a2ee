/**
 * Time in milliseconds for which a verified key is accepted without a statement, while notifications arrive. It bounds how long a revocation can go
 * unnoticed if its notification is lost.
 */
export const recheckMs = 2_000
