import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { keyOf } from './checkpoints-to-keep.ts'
import { type DatedCheckpoint, prunePlan } from './prune-plan.ts'

const at = (id: string, parent: string | null, more: Partial<DatedCheckpoint> = {}): DatedCheckpoint => ({
  namespace: '',
  id,
  parent,
  source: 'loop',
  enclosing: {},
  needsAncestors: false,
  writtenAt: 0,
  ...more,
})
const input = { source: 'input' }
const all = { keepTurns: 2, before: 1, most: 1_000 }

/** Ids of the checkpoints that a complete prune leaves, in their order. */
const left = (checkpoints: readonly DatedCheckpoint[], limits = all): string[] =>
  pruned(checkpoints, limits).map(({ id }) => id)

/** The checkpoints of a thread after prunes of at most `most` checkpoints each, until nothing is left to remove. */
function pruned(checkpoints: readonly DatedCheckpoint[], limits: typeof all): readonly DatedCheckpoint[] {
  const plan = prunePlan(checkpoints, limits)
  const removed = new Set(plan.remove.map(keyOf))
  const parents = new Map(plan.newParents.map((one) => [keyOf(one), one.parent]))
  const rest = checkpoints
    .filter((one) => !removed.has(keyOf(one)))
    .map((one) => ({ ...one, parent: parents.get(keyOf(one)) ?? (parents.has(keyOf(one)) ? null : one.parent) }))
  return plan.complete ? rest : pruned(rest, limits)
}

describe('keep-latest', () => {
  const threeTurns = [
    at('i1', null, input),
    at('a1', 'i1'),
    at('z1', 'a1'),
    at('i2', 'z1', input),
    at('a2', 'i2'),
    at('z2', 'a2'),
    at('i3', 'z2', input),
    at('a3', 'i3'),
    at('z3', 'a3'),
  ]

  test('keeps the newest checkpoint, and the begin of each of the last turns with the checkpoint before it', () => {
    expect(left(threeTurns)).toEqual(['z1', 'i2', 'z2', 'i3', 'z3'])
    expect(left(threeTurns, { ...all, keepTurns: 1 })).toEqual(['z2', 'i3', 'z3'])
    expect(left(threeTurns, { ...all, keepTurns: 0 })).toEqual(['z3'])
  })

  test('keeps the newest checkpoint of each branch, and the checkpoint at which they part', () => {
    const forked = [...threeTurns, at('f', 'a1'), at('g', 'f')]
    expect(left(forked, { ...all, keepTurns: 0 })).toEqual(['a1', 'z3', 'g'])
  })

  test('lets a checkpoint follow the nearest earlier one that stays', () => {
    const parents = pruned(threeTurns, { ...all, keepTurns: 1 }).map(({ id, parent }) => [id, parent])
    expect(parents).toEqual([
      ['z2', null],
      ['i3', 'z2'],
      ['z3', 'i3'],
    ])
  })

  test('keeps the newest checkpoint of a subgraph while the checkpoint that encloses it stays', () => {
    const inner = (id: string, parent: string | null, root: string) =>
      at(id, parent, { namespace: `inner:${root}`, enclosing: { '': root } })
    const deeper = (id: string, root: string, outer: string) =>
      at(id, null, { namespace: `inner:${root}|deep:1`, enclosing: { '': root, [`inner:${root}`]: outer } })
    const checkpoints = [
      ...[inner('s1', null, 'a1'), inner('s2', 's1', 'a1'), deeper('d1', 'a1', 's1'), ...threeTurns],
      ...[inner('t1', null, 'z3'), inner('t2', 't1', 'z3'), deeper('d2', 'z3', 't1'), deeper('d3', 'z3', 't2')],
    ]
    expect(left(checkpoints, { ...all, keepTurns: 0 })).toEqual(['z3', 't2', 'd3'])
  })

  test('keeps the checkpoint that a client changed', () => {
    const changed = [...threeTurns, at('e1', 'z3', { source: 'update' }), at('e2', 'e1', { source: 'fork' })]
    expect(left(changed, { ...all, keepTurns: 0 })).toEqual(['z3', 'e1', 'e2'])
  })

  test('keeps the newest checkpoint of a subgraph that keeps its state from turn to turn', () => {
    const counter = (id: string, parent: string | null, root: string) =>
      at(id, parent, { namespace: 'counter', enclosing: { '': root } })
    const checkpoints = [...threeTurns, counter('c1', null, 'i1'), counter('c2', 'c1', 'a2'), counter('c3', 'c2', 'i3')]
    expect(left(checkpoints, { ...all, keepTurns: 0 })).toEqual(['z3', 'c3'])
    const [first, ...later] = checkpoints.slice(-3)
    const between = [
      ...threeTurns.slice(0, 4),
      ...checkpoints.slice(-3, -1),
      ...threeTurns.slice(4),
      ...later.slice(-1),
    ]
    expect([first?.id, left(between, { ...all, keepTurns: 1 })]).toEqual(['c1', ['c2', 'z2', 'i3', 'z3', 'c3']])
  })

  test('keeps a subgraph whose metadata do not name the graph that encloses it', () => {
    const checkpoints = [at('s1', null, { namespace: 'inner:1' }), at('s2', 's1', { namespace: 'inner:1' })]
    expect(left(checkpoints)).toEqual(['s2'])
  })

  test('keeps every earlier checkpoint of a graph whose values are rebuilt from them', () => {
    const rebuilt = threeTurns.map((one) => ({ ...one, needsAncestors: true }))
    expect(left(rebuilt, { ...all, keepTurns: 0 })).toEqual(threeTurns.map(({ id }) => id))
  })

  test('removes only checkpoints of an age, and names the time of the oldest that is too young', () => {
    const dated = threeTurns.map((one, index) => ({ ...one, writtenAt: index }))
    expect(left(dated, { ...all, before: 2 })).toEqual(['z1', 'i2', 'a2', 'z2', 'i3', 'a3', 'z3'])
    expect(prunePlan(dated, { ...all, before: 2 }).nextAt).toBe(4)
    expect(prunePlan(dated, { ...all, before: 100 }).nextAt).toBeUndefined()
  })
})

/** Random histories: each checkpoint follows the newest one, or an earlier one, and may begin a turn. */
const histories = fc
  .array(fc.record({ back: fc.nat(8), turn: fc.boolean(), fork: fc.nat(5) }), { minLength: 1, maxLength: 40 })
  .map((steps) =>
    steps.map(({ back, turn, fork }, index): DatedCheckpoint => {
      const parent = fork === 0 ? index - 1 - back : index - 1
      return at(String(index), parent < 0 ? null : String(parent), {
        source: turn ? 'input' : 'loop',
        writtenAt: index,
      })
    }),
  )

test('several prunes leave the same as one, and a prune of what is left removes nothing', () => {
  fc.assert(
    fc.property(
      histories,
      fc.nat(3),
      fc.integer({ min: 1, max: 5 }),
      fc.nat(50),
      (history, keepTurns, most, before) => {
        const once = pruned(history, { keepTurns, before, most: 1_000 })
        expect(pruned(history, { keepTurns, before, most })).toEqual(once)
        expect(prunePlan(once, { keepTurns, before, most }).remove).toEqual([])
      },
    ),
  )
})

test('branches keep their ends and the points at which they part, in any history', () => {
  fc.assert(
    fc.property(histories, fc.nat(3), (history, keepTurns) => {
      const rest = pruned(history, { keepTurns, before: 1_000, most: 3 })
      const shape = (checkpoints: readonly DatedCheckpoint[]) => {
        const children = Map.groupBy(checkpoints, ({ parent }) => parent)
        const counts = checkpoints.map(({ id }) => [id, children.get(id)?.length ?? 0] as const)
        return counts.filter(([, count]) => count !== 1)
      }
      expect(shape(rest)).toEqual(shape(history))
    }),
  )
})
