import type { Json } from '@hadal/charts/rendered-object'

const factors: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
}

/** A quantity in any notation that Kubernetes reads (`500m`, `2Gi`, `1e3`, 3) as a number; undefined where it is none. */
export function quantityValue(quantity: Json | undefined): number | undefined {
  const [, number, suffix] = /^(\d+(?:\.\d*)?(?:e\d+)?)([a-zA-Z]*)$/.exec(String(quantity)) ?? []
  const factor = factors[suffix ?? ' ']
  return number === undefined || factor === undefined ? undefined : Number(number) * factor
}

/** Whether a quantity became smaller; false where either is none. */
export function isLess(after: Json | undefined, before: Json | undefined): boolean {
  const [small, large] = [quantityValue(after), quantityValue(before)]
  return small !== undefined && large !== undefined && small < large
}
