/**
 * Whether the last added tokens of a session crossed its threshold. Tokens are added one call after the other, so exactly one caller gets `true`,
 * however many processes there are.
 *
 * @param session number of tokens of the session, including the added ones; undefined without a session
 */
export const crossesThreshold = (session: number | undefined, added: number, threshold: number): boolean =>
  session !== undefined && session >= threshold && session - added < threshold
