import { setImmediate as nextTurn } from 'node:timers/promises'

/** Maximum time in milliseconds that work on a large value holds the event loop before it yields. */
const turnMs = 5

/** Decides when work on a large value yields to the event loop, and yields. */
export class EventLoopTurns {
  #since = performance.now()

  /** Whether the work has held the event loop for so long that it must yield now, by `await next()`. */
  get isOver(): boolean {
    return performance.now() - this.#since >= turnMs
  }

  async next(): Promise<void> {
    await nextTurn()
    this.#since = performance.now()
  }
}

/** Maximum weight of a value that is processed in one piece, which takes 1 to 3 ms. A weight counts the parts of a value. */
const mostInOnePiece = 8_000
/** Number of characters whose weight equals that of one part of a value: native code copies text fast. */
const charactersPerPart = 500

/** Subtracts the weight of a value from a remaining weight. The walk ends below 0, so it is short for large and cyclic values. */
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

/** Returns the weight of a value, capped a little above the maximum of one piece. A value that throws when it is read weighs 0. */
function weightOf(value: unknown): number {
  try {
    return mostInOnePiece - without(value, mostInOnePiece)
  } catch {
    return 0
  }
}

/** Whether a value is so large that it must be processed in pieces, with turns for the event loop in between. */
export const isHeavy = (value: unknown): boolean => weightOf(value) > mostInOnePiece

/** Splits the parts of a large value into groups, each of which is processed in one piece. A heavy part gets a group of its own. */
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
