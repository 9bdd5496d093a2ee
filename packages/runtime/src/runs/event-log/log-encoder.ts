import { hunkText } from './hunk-text.ts'
import { seriesOf } from './series-of.ts'
import { type Hunk, textChange } from './text-change.ts'

/** Letters of the series whose texts later events may refer to. Readers hold as many texts. */
const letters = 'abcdefghijklmnop'
/** Number of characters of these texts above which the least recently used ones are dropped. */
const mostCharacters = 2_000_000
/** Length in characters of the encoded lines, in addition to `anewFactor` times the held texts, after which a batch begins anew. */
const anewAfter = 65_536
const anewFactor = 4
/** Maximum length in characters of a changed part that is encoded without a search for a shorter encoding. */
const shortChange = 32

/** The newest text of a series of similar events: the next event of the series is encoded as a change of it. */
interface Series {
  readonly letter: string
  text: string
  /** Number of characters before and after the part that the last event changed; 0 if it changed several parts. */
  prefix: number
  suffix: number
  /** Whether the last event inserted text after the part that the event before it changed; undefined if it did neither that nor replace it. */
  grows: boolean | undefined
}

/** Maximum number of equal characters that a changed part includes so that it is a whole string: the next event often replaces all of it. */
const mostIncluded = 16

/** Returns a prefix that ends after a quotation mark, if one is near. */
function wordStart(text: string, prefix: number): number {
  const start = text.lastIndexOf('"', prefix - 1) + 1
  return prefix > 0 && prefix - start <= mostIncluded ? start : prefix
}

/** Returns a suffix that begins with a quotation mark, if one is near. */
function wordEnd(text: string, suffix: number): number {
  const end = text.indexOf('"', text.length - suffix)
  const included = suffix - (text.length - end)
  return end >= 0 && included <= mostIncluded ? suffix - included : suffix
}

/** Returns the equal beginning and end that hunks describe; undefined if they change several parts. */
function endsOf(hunks: readonly Hunk[], before: string): { prefix: number; suffix: number } | undefined {
  const [first, second] = hunks
  if (!first) return { prefix: 0, suffix: 0 }
  if (hunks.length > 2) return undefined
  const isStart = first.from === 0
  if (!second) {
    if (isStart) return { prefix: first.length, suffix: 0 }
    const isEnd = first.inserted === '' && first.from + first.length === before.length
    return isEnd ? { prefix: 0, suffix: first.length } : undefined
  }
  const isEnd = second.inserted === '' && second.from + second.length === before.length && second.length > 0
  const isApart = first.length + second.length <= before.length
  return isStart && isEnd && isApart ? { prefix: first.length, suffix: second.length } : undefined
}

/**
 * Encodes the events of one attempt as lines, each as its difference to an earlier event. `LogDecoder` returns the same texts. A line begins with the
 * letter of a series of similar events:
 *
 * | line | meaning |
 * |---|---|
 * | `a=` event name as JSON, tab, text | a whole event: series `a` begins with it |
 * | `a^b` event name as JSON, tab, hunks | a change of the text of series `b`: series `a` begins with it |
 * | `a:` text | the text replaces the part that the last event of the series changed |
 * | `a+` text | the text is inserted after that part |
 * | `a;` and `a&` | as `a:` and `a+`, with the text of the event line before |
 * | `a~` prefix, comma, suffix, comma, text | the text between the equal beginning and end, whose lengths are given |
 * | `a*` hunks | several changed parts: see `hunkText` |
 * | `-a` | no event: no later line refers to series `a` |
 */
export class LogEncoder {
  /** Series by name, the most recently used last. */
  readonly #series = new Map<string, Series>()
  /** The text of the last line, if that line was a single changed part. */
  #inserted: string | undefined
  /** Number of characters of encoded lines since the last batch that began anew. */
  #since = 0

  /** Whether the next batch should begin anew, so that a reader needs no batch before it. */
  get shouldBeginAnew(): boolean {
    return this.#since > anewAfter + anewFactor * this.#held
  }

  /** Begins a batch. @param anew whether its events refer to no event of an earlier batch */
  begin(anew: boolean): void {
    this.#inserted = undefined
    if (!anew) return
    this.#series.clear()
    this.#since = 0
  }

  /** Encodes an event. @returns its line, and lines that drop a series */
  add(event: string, text: string): string[] {
    const name = seriesOf(event, text)
    const known = this.#series.get(name)
    const lines = [known ? this.#change(known, text) : this.#beginning(name, event, text)]
    if (known) {
      this.#series.delete(name)
      this.#series.set(name, known)
    }
    const letter = this.#dropped()
    for (let dropped = letter; dropped; dropped = this.#dropped()) lines.push(`-${dropped}`)
    for (const line of lines) this.#since += line.length
    return lines
  }

  get #held(): number {
    let held = 0
    for (const { text } of this.#series.values()) held += text.length
    return held
  }

  /** Drops the least recently used series if there are too many or too large ones. @returns its letter */
  #dropped(): string | undefined {
    const { size } = this.#series
    if (size < letters.length && (size <= 1 || this.#held <= mostCharacters)) return undefined
    for (const [name, { letter }] of this.#series) {
      this.#series.delete(name)
      return letter
    }
    return undefined
  }

  #beginning(name: string, event: string, text: string): string {
    const used = new Set([...this.#series.values()].map(({ letter }) => letter))
    const letter = [...letters].find((one) => !used.has(one)) ?? ''
    this.#series.set(name, { letter, text, prefix: 0, suffix: 0, grows: undefined })
    this.#inserted = undefined
    // A complete message is the text of its last part.
    const like = this.#series.get(name.replace('messages/complete', 'messages/partial'))
    if (like && like.letter !== letter) {
      const hunks = hunkText(textChange(like.text, text))
      if (hunks.length < text.length) return `${letter}^${like.letter}${JSON.stringify(event)}\t${hunks}`
    }
    return `${letter}=${JSON.stringify(event)}\t${text}`
  }

  #change(series: Series, text: string): string {
    const { letter, text: before, prefix, suffix } = series
    series.text = text
    const end = before.slice(before.length - suffix)
    const after = (start: number): string | undefined =>
      text.length >= start + suffix && text.startsWith(before.slice(0, start)) && text.endsWith(end)
        ? text.slice(start, text.length - suffix)
        : undefined
    const replaced = after(prefix)
    const continued = before.length - suffix
    const added = after(continued)
    const grows = added !== undefined && (series.grows ?? added.length < (replaced?.length ?? text.length))
    const changed = grows ? added : replaced
    if (changed !== undefined && changed.length <= shortChange) {
      series.grows = grows
      if (grows) series.prefix = continued
      return grows ? this.#line(letter, '+', '&', changed) : this.#line(letter, ':', ';', changed)
    }
    series.grows = undefined
    const hunks = textChange(before, text)
    const ends = endsOf(hunks, before)
    series.prefix = ends ? wordStart(before, ends.prefix) : 0
    series.suffix = ends ? wordEnd(before, ends.suffix) : 0
    if (ends) {
      const changed = text.slice(series.prefix, text.length - series.suffix)
      return this.#line(`${letter}~${series.prefix},${series.suffix},`, '', undefined, changed)
    }
    this.#inserted = undefined
    return `${letter}*${hunkText(hunks)}`
  }

  #line(letter: string, sign: string, same: string | undefined, inserted: string): string {
    const repeats = same !== undefined && inserted === this.#inserted
    this.#inserted = inserted
    return repeats ? letter + same : letter + sign + inserted
  }
}
