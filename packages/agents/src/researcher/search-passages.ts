/** Part of a document that a search can return: a paragraph or a table row. */
export interface Passage {
  /** Path of the document, relative to the folder of documents, with `/` between folders. */
  readonly path: string
  /** Number of the passage's first line in the document, from 1. */
  readonly line: number
  /** The nearest heading above the passage; empty if the document has no heading above it. */
  readonly heading: string
  readonly text: string
}

/** Stop words: words that say little about the subject of a text. */
const stopWords = new Set(
  'a about an and are as at be but by can do does for from has have how i if in into is it its me of on or our so tell than that the their then there these they this to was we what when where which who why will with you your'.split(
    ' ',
  ),
)

/** Words of a text in lower case, without stop words and without a plural `s`, so that "runs" matches "run". */
export function wordsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  return words.filter((word) => !stopWords.has(word)).map((word) => word.replace(/(?<=[a-z]{2}[^s])s$/, ''))
}

const isRow = (line: string | undefined): boolean => /^\s*\|/.test(line ?? '')
const isRuler = (line: string | undefined): boolean => /^\s*\|[\s|:-]+$/.test(line ?? '')

/** Splits a Markdown or plain text into passages at empty lines, headings and table rows. The header of a table is left out. */
export function passagesOf(path: string, text: string): Passage[] {
  const passages: Passage[] = []
  let heading = ''
  let lines: string[] = []
  let start = 1
  const close = (): void => {
    const whole = lines.join('\n').trim()
    if (whole !== '') passages.push({ path, line: start, heading, text: whole })
    lines = []
  }
  const all = text.split(/\r?\n/)
  for (const [index, line] of all.entries()) {
    const title = /^#{1,6}\s+(.*)$/.exec(line)?.[1]
    if (title !== undefined || line.trim() === '' || isRow(line)) close()
    if (title !== undefined) heading = title
    else if (line.trim() !== '' && !isRuler(line) && !(isRow(line) && isRuler(all[index + 1]))) {
      if (lines.length === 0) start = index + 1
      lines.push(isRow(line) ? line.replace(/^\s*\|\s*|\s*\|\s*$/g, '') : line)
      if (isRow(line)) close()
    }
  }
  close()
  return passages
}

/** The constant k1 of Okapi BM25: how soon further repetitions of a word stop raising the score. */
const saturation = 1.2
/** The constant b of Okapi BM25: how much the length of a passage lowers its score. */
const lengthWeight = 0.75

/** Passages that match a query best by Okapi BM25, the best first, at most `limit`. A word in the heading counts twice. */
export function searchPassages(query: string, passages: readonly Passage[], limit: number): Passage[] {
  const wanted = [...new Set(wordsOf(query))]
  const bags = passages.map((passage) => wordsOf(`${passage.heading} ${passage.heading} ${passage.text}`))
  const averageLength = bags.reduce((sum, bag) => sum + bag.length, 0) / Math.max(1, bags.length)
  const weight = new Map(
    wanted.map((word) => {
      const having = bags.filter((bag) => bag.includes(word)).length
      return [word, Math.log(1 + (bags.length - having + 0.5) / (having + 0.5))]
    }),
  )
  const scored = passages.map((passage, index) => {
    const bag = bags[index] ?? []
    const damping = saturation * (1 - lengthWeight + (lengthWeight * bag.length) / averageLength)
    let score = 0
    for (const word of wanted) {
      const count = bag.filter((other) => other === word).length
      score += ((weight.get(word) ?? 0) * count * (saturation + 1)) / (count + damping)
    }
    return { passage, score }
  })
  return scored
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ passage }) => passage)
}
