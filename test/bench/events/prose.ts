const syllables = ['ka', 'lo', 'mi', 'ren', 'tor', 'us', 'vel', 'an', 'dri', 'es', 'fo', 'gu', 'hel', 'ip', 'jo', 'sta']

const pick = (count: number): number => Math.floor(Math.random() * count)

const word = (): string => Array.from({ length: 1 + pick(3) }, () => syllables[pick(syllables.length)] ?? '').join('')

/** Invented prose of exactly the given number of characters, which PostgreSQL compresses about as well as text of a language. */
export function prose(characters: number): string {
  const words: string[] = []
  for (let length = 0; length < characters; length += (words.at(-1)?.length ?? 0) + 1) words.push(word())
  return words.join(' ').slice(0, characters)
}
