/** Actor of a client without sign-in in the approval audit. */
const unknownClient = 'client'

/** Returns the actor that the approval audit records for a user. The names of the server's own actors begin with `hadal:`, so no user's does. */
export function actorOf(user: string | null): string {
  if (user === null) return unknownClient
  return user.startsWith('hadal:') ? `user:${user}` : user
}
