/** Splits the encryption keys in ENCRYPTION_KEY, which are separated by commas or line breaks, the newest first. */
export const splitKeys = (text: string): string[] =>
  text
    .split(/[\n,]/)
    .map((key) => key.trim())
    .filter((key) => key !== '')
