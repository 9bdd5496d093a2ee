/** A field of something that may be no object: callbacks of LangChain hear much of `unknown` form. */
export const field = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
