/**
 * Maximum number of levels that a value of a thread's state may nest: objects, arrays, Maps and Sets count one each, a message counts two (its
 * fields are written inside a record). LangChain's loader gives up below depth 50 of a message, and the release before reads with it: one
 * message nested deeper made its whole thread unreadable.
 */
export const maxStateDepth = 50

/**
 * Maximum size of one channel's value, in characters of text and about eight for any other value. PostgreSQL's jsonb holds 256 MB, the thread's
 * row repeats all channels in one, and the process holds a value several times while it writes it.
 */
export const maxStateCharacters = 64 * 1024 * 1024
