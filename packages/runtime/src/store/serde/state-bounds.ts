/**
 * Maximum nesting depth of a value in a thread's state. Objects, arrays, Maps and Sets count one level each. A message counts two, because its
 * fields are written inside a record. LangChain's loader, with which the previous release reads, fails below depth 50 of a message: one message
 * that is nested deeper made its whole thread unreadable.
 */
export const maxStateDepth = 50

/**
 * Maximum size of a channel's value, in characters of text plus about eight per other value. A jsonb value of PostgreSQL holds at most 256 MB, the
 * thread's row repeats all channels in one value, and the process holds several copies of a value while it writes it.
 */
export const maxStateCharacters = 64 * 1024 * 1024
