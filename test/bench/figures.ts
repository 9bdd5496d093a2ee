import { table } from './statistics.ts'

/** Measured figure with its limits. A figure with `lower` is met if it is at most `asked`; one with `higher`, if it is at least `asked`. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly asked: number
  readonly aim: number
  readonly better: 'lower' | 'higher'
  readonly digits: number
}

/** Text table of figures: the measured value beside the asked one and the aim, and which of them it meets. */
export const figures = (all: readonly Figure[]): string =>
  table(
    ['figure', 'measured', 'asked', 'aim', ''],
    all.map((figure) => [
      figure.name,
      figure.value.toFixed(figure.digits),
      bound(figure, figure.asked),
      bound(figure, figure.aim),
      result(figure),
    ]),
  )

const bound = ({ better }: Figure, value: number): string => `${better === 'lower' ? '≤' : '≥'} ${value}`

function result({ value, asked, aim, better }: Figure): 'aim met' | 'met' | 'missed' | 'not measured' {
  if (Number.isNaN(value)) return 'not measured'
  const meets = (limit: number): boolean => (better === 'lower' ? value <= limit : value >= limit)
  if (meets(aim)) return 'aim met'
  return meets(asked) ? 'met' : 'missed'
}
