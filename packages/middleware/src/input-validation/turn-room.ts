import { setImmediate as nextTurn } from 'node:timers/promises'

/** What one turn of the event loop has room for: the inspection of this many UTF-16 units, 1 ms of CPU. */
export const turnCapacity = 8_192

let spent = 0
let turn: Promise<void> | undefined

/**
 * Waits until the present turn of the event loop has room for a piece of work. All callers of the process share the turn's capacity, so that many
 * of them at once block the event loop no longer than one.
 *
 * @param cost in the unit of {@link turnCapacity}; a larger piece gets a turn of its own
 */
export async function turnRoom(cost: number): Promise<void> {
  while (spent > 0 && spent + cost > turnCapacity) {
    turn ??= nextTurn().then(() => {
      spent = 0
      turn = undefined
    })
    await turn
  }
  spent += cost
}
