/** A seeded random number generator: the same seed gives the same faults. */
export interface Random {
  /** A random integer from `least` to `most`, both inclusive. */
  whole(least: number, most: number): number
  pick<Item>(items: readonly [Item, ...Item[]]): Item
}

/** Creates a generator with the algorithm Mulberry32, which is good enough to choose faults. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const whole = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1))
  return { whole, pick: (items) => items[whole(0, items.length - 1)] ?? items[0] }
}
