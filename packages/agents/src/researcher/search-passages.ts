/** A paragraph of a document, or a row of a table in it. */
export interface Passage {
  /** Path of its document, relative to the documents' folder, with `/` between folders. */
  readonly path: string
  /** Of its first line, from 1. */
  readonly line: number
  /** The nearest heading above it; empty where there is none. */
  readonly heading: string
  readonly text: string
}

/** Words that say little about what a text is about. */
const stopWords = new Set(
  'a about an and are as at be but by can do does for from has have how i if in into is it its me of on or our so tell than that the their then there these they this to was we what when where which who why will with you your'.split(
    ' ',
  ),
)

/** The telling words of a text, in lower case, a plural's `s` cut off so that "runs" meets "run". */
export function wordsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  return words.filter((word) => !stopWords.has(word)).map((word) => word.replace(/(?<=[a-z]{2}[^s])s$/, ''))
}

const isRow = (line: string | undefined): boolean => /^\s*\|/.test(line ?? '')
const isRuler = (line: string | undefined): boolean => /^\s*\|[\s|:-]+$/.test(line ?? '')

/** Cuts a Markdown or plain text at its empty lines, headings and table rows; a table's head is no passage. */
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

/** Okapi BM25's usual constants: how soon repeated words stop counting, and how much a long text is held back. */
const saturation = 1.2
const lengthWeight = 0.75

/** The passages that fit a query best, the best first. A word in the heading counts as two in the text. */
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
