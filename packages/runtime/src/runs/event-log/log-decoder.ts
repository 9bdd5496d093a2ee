import type { RunEvent } from '../../store/queries/run-events.ts'
import { hunksOf } from './hunk-text.ts'
import { changedText } from './text-change.ts'

/** A decoded series of events: see `LogEncoder`. */
interface Series {
  readonly event: string
  readonly isWanted: boolean
  /** Newest text of the series; undefined if no wanted event can refer to it. */
  text: string | undefined
  prefix: number
  suffix: number
}

/** Decodes the batches of a run's event log that `LogEncoder` encoded, in the order of the log. */
export class LogDecoder {
  readonly #wanted: (event: string) => boolean
  readonly #series = new Map<string, Series>()
  #inserted = ''

  /** @param wanted whether events of this name are returned */
  constructor(wanted: (event: string) => boolean = () => true) {
    this.#wanted = wanted
  }

  /**
   * Yields the wanted events of a batch with their sequence numbers. Decodes an event when it is asked for, because a batch may be much smaller than
   * its events. Finish a batch before the next one.
   *
   * @param anew whether the batch refers to no batch before it
   * @param sequence number of the last event of the batch
   */
  *events(batch: string, anew: boolean, sequence: number): Generator<RunEvent> {
    if (anew) this.#series.clear()
    this.#inserted = ''
    const lines = batch.split('\n')
    let number = sequence - lines.filter((line) => !line.startsWith('-')).length
    for (const line of lines) {
      if (line.startsWith('-')) {
        this.#series.delete(line.slice(1))
        continue
      }
      number += 1
      const { event, isWanted, text } = this.#decoded(line) ?? {}
      if (event !== undefined && isWanted && text !== undefined) yield { sequence: number, event, data: text }
    }
  }

  #decoded(line: string): Series | undefined {
    const letter = line.slice(0, 1)
    const sign = line.slice(1, 2)
    if (sign === '=' || sign === '^') return this.#begun(letter, sign, line)
    const series = this.#series.get(letter)
    if (series) this.#change(series, sign, line.slice(2))
    return series
  }

  #begun(letter: string, sign: string, line: string): Series {
    const tab = line.indexOf('\t')
    const event: unknown = JSON.parse(line.slice(sign === '^' ? 3 : 2, tab))
    const name = String(event)
    const rest = line.slice(tab + 1)
    const before = sign === '^' ? this.#series.get(line.slice(2, 3))?.text : ''
    const whole = (): string | undefined =>
      sign === '=' ? rest : before === undefined ? undefined : changedText(before, hunksOf(rest))
    const isWanted = this.#wanted(name)
    // A complete message may be encoded as a change of its last part.
    const isReferred = this.#wanted(name.replace('messages/partial', 'messages/complete'))
    const series = { event: name, isWanted, text: isWanted || isReferred ? whole() : undefined, prefix: 0, suffix: 0 }
    this.#series.set(letter, series)
    return series
  }

  #change(series: Series, sign: string, rest: string): void {
    const { text: before } = series
    if (sign === '*') {
      series.prefix = 0
      series.suffix = 0
      if (before !== undefined) series.text = changedText(before, hunksOf(rest))
      return
    }
    if (sign === '+' || sign === '&') series.prefix = (before?.length ?? 0) - series.suffix
    let inserted = sign === ';' || sign === '&' ? this.#inserted : rest
    if (sign === '~') {
      const [prefix = '', suffix = ''] = rest.split(',', 2)
      series.prefix = Number(prefix)
      series.suffix = Number(suffix)
      inserted = rest.slice(prefix.length + suffix.length + 2)
    }
    this.#inserted = inserted
    if (before === undefined) return
    series.text = before.slice(0, series.prefix) + inserted + before.slice(before.length - series.suffix)
  }
}
