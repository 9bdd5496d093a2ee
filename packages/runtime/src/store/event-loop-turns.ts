import { setImmediate as nextTurn } from 'node:timers/promises'

/** How long work goes on before everything else gets a turn of the event loop, in milliseconds. */
const turnMs = 5

/** Shares the event loop during work on a large value. */
export class EventLoopTurns {
  #since = performance.now()

  /** Whether it is time to let other work go on: then await `next`. */
  get isOver(): boolean {
    return performance.now() - this.#since >= turnMs
  }

  async next(): Promise<void> {
    await nextTurn()
    this.#since = performance.now()
  }
}

/** Largest weight of a value that is handled in one piece. It takes 1 to 3 ms to write or read. */
const mostInOnePiece = 8_000
/** Native code copies text fast: this many characters weigh as much as one part of a value. */
const charactersPerPart = 500

/** What is left of a weight after a value. The walk ends once nothing is left, so it is short for large values and cyclic ones, too. */
function without(value: unknown, left: number): number {
  if (typeof value === 'string') return left - 1 - value.length / charactersPerPart
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return left - 1
  let rest = left - 1
  const parts: Iterable<unknown> = value instanceof Map || value instanceof Set ? value : Object.values(value)
  for (const part of parts) {
    if (rest < 0) break
    rest = without(part, rest)
  }
  return rest
}

/** The weight of a value, at most a little above that of the largest piece. A value that can't be read weighs nothing. */
function weightOf(value: unknown): number {
  try {
    return mostInOnePiece - without(value, mostInOnePiece)
  } catch {
    return 0
  }
}

/** Whether work on a value takes so long that it must be cut into pieces. */
export const isHeavy = (value: unknown): boolean => weightOf(value) > mostInOnePiece

/** Cuts parts into groups that are handled in one piece each. A part that is heavy itself is alone in its group. */
export function* groupsOf<Part>(
  parts: Iterable<Part>,
  inPart: (part: Part) => unknown,
): Generator<{ readonly parts: readonly Part[]; readonly heavy: boolean }> {
  let group: Part[] = []
  let weight = 0
  for (const part of parts) {
    const added = weightOf(inPart(part))
    if (group.length > 0 && weight + added > mostInOnePiece) {
      yield { parts: group, heavy: false }
      group = []
      weight = 0
    }
    if (added > mostInOnePiece) yield { parts: [part], heavy: true }
    else {
      group.push(part)
      weight += added
    }
  }
  if (group.length > 0) yield { parts: group, heavy: false }
}
