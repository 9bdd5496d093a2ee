/** Actor of a client without sign-in in the approval audit. */
const unknownClient = 'client'

/**
 * Returns the actor that the approval audit records for a user. The server's own actors have the prefix `hadal:`, so a user id with this prefix gets
 * the prefix `user:`.
 */
export function actorOf(user: string | null): string {
  if (user === null) return unknownClient
  return user.startsWith('hadal:') ? `user:${user}` : user
}
