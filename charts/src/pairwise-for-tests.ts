type Choices = Readonly<Record<string, readonly unknown[]>>
type Chosen<All extends Choices> = { [Field in keyof All]: All[Field][number] }

/**
 * Few combinations in which every two choices of different fields meet at least once: most faults of combinations are faults of two.
 * Greedy, and the same on every run.
 *
 * @param allowed whether a combination, which may be in part, is one at all; two choices that never are need not meet
 * @throws Error where two choices may stand together but no whole combination with them is found
 */
export function pairwise<const All extends Choices>(
  choices: All,
  allowed: (chosen: Partial<Chosen<All>>) => boolean = () => true,
): Chosen<All>[] {
  const fields = Object.keys(choices)
  const indices = (field: string) => (choices[field] ?? []).map((_choice, index) => index)
  const chosen = (row: ReadonlyMap<string, number>) =>
    Object.fromEntries([...row].map(([field, index]) => [field, choices[field]?.[index]])) as Chosen<All>
  const pair = (a: string, i: number, b: string, j: number) => (a < b ? `${a}${i} ${b}${j}` : `${b}${j} ${a}${i}`)

  const open = new Map<string, ReadonlyMap<string, number>>()
  for (const [n, a] of fields.entries())
    for (const b of fields.slice(n + 1))
      for (const i of indices(a))
        for (const j of indices(b)) {
          const both = new Map([
            [a, i],
            [b, j],
          ])
          if (allowed(chosen(both))) open.set(pair(a, i, b, j), both)
        }

  /** The row with every field that it lacks: first the choice that closes most pairs, another where that leads nowhere. */
  function completed(row: ReadonlyMap<string, number>): ReadonlyMap<string, number> | undefined {
    const field = fields.find((it) => !row.has(it))
    if (field === undefined) return row
    const gain = (index: number) => [...row].filter(([other, j]) => open.has(pair(field, index, other, j))).length
    for (const index of indices(field).toSorted((one, other) => gain(other) - gain(one))) {
      const next = new Map([...row, [field, index]])
      const whole = allowed(chosen(next)) ? completed(next) : undefined
      if (whole) return whole
    }
    return undefined
  }

  const rows: Chosen<All>[] = []
  for (const [name, both] of open) {
    if (!open.has(name)) continue
    // The row starts with a pair that is still open, so that each row brings at least that one.
    const row = completed(both)
    if (!row) throw new Error(`No whole combination has ${JSON.stringify(chosen(both))}.`)
    for (const [a, i] of row) for (const [b, j] of row) open.delete(pair(a, i, b, j))
    rows.push(chosen(row))
  }
  return rows
}
