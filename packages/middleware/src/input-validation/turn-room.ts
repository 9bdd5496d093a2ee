import { setImmediate as nextTurn } from 'node:timers/promises'

/** Capacity of one turn of the event loop: the inspection of this number of UTF-16 units, which takes 1 ms of CPU. */
export const turnCapacity = 8_192

let spent = 0
let turn: Promise<void> | undefined

/**
 * Waits until a turn of the event loop has capacity for a piece of work. All callers of the process share the capacity, so that many callers at
 * once block the event loop no longer than one.
 *
 * @param cost cost of the work in the unit of {@link turnCapacity}; work with a higher cost gets its own turn
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
