/** Key of the advisory lock for migrations; no other lock in the database uses it. */
export const migrationLock = 4_819_237_001
