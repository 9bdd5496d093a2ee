type Choices = Readonly<Record<string, readonly unknown[]>>
type Chosen<All extends Choices> = { [Field in keyof All]: All[Field][number] }

/**
 * Few combinations in which every two choices of different fields meet at least once: most faults of combinations are faults of two.
 * Greedy, and the same on every run.
 */
export function pairwise<const All extends Choices>(choices: All): Chosen<All>[] {
  const fields = Object.keys(choices)
  const open = new Set<string>()
  const pair = (a: string, i: number, b: string, j: number) => (a < b ? `${a}${i} ${b}${j}` : `${b}${j} ${a}${i}`)
  const indices = (field: string) => (choices[field] ?? []).map((_choice, index) => index)
  for (const [n, a] of fields.entries())
    for (const b of fields.slice(n + 1))
      for (const i of indices(a)) for (const j of indices(b)) open.add(pair(a, i, b, j))

  const rows: Chosen<All>[] = []
  while (open.size > 0) {
    const row = new Map<string, number>()
    // The row starts with a pair that is still open, so that each row brings at least that one.
    const [first = ''] = open
    for (const word of first.split(' ')) {
      const [, field = '', index = '0'] = /^(.+?)(\d+)$/.exec(word) ?? []
      row.set(field, Number(index))
    }
    for (const field of fields) {
      if (row.has(field)) continue
      const gain = (index: number) => [...row].filter(([other, j]) => open.has(pair(field, index, other, j))).length
      row.set(
        field,
        indices(field).reduce((best, index) => (gain(index) > gain(best) ? index : best), 0),
      )
    }
    for (const [a, i] of row) for (const [b, j] of row) open.delete(pair(a, i, b, j))
    rows.push(Object.fromEntries([...row].map(([field, index]) => [field, choices[field]?.[index]])) as Chosen<All>)
  }
  return rows
}
