/**
 * Whether the tokens that were just added took a session over its threshold. Since they are added one after the other, exactly one caller
 * hears yes, however many processes there are.
 *
 * @param session tokens of the session, those just added included; undefined where there is no session
 */
export const crossesThreshold = (session: number | undefined, added: number, threshold: number): boolean =>
  session !== undefined && session >= threshold && session - added < threshold
