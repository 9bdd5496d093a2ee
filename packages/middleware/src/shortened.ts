/** The text, or its first `mostCharacters` UTF-16 units with an ellipsis if it is longer. */
export const shortened = (text: string, mostCharacters: number): string =>
  text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text
