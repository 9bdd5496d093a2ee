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

/** Converts a Kubernetes quantity in any notation (`500m`, `2Gi`, `1e3`, 3) to a number. Undefined if it is invalid. */
export function quantityValue(quantity: Json | undefined): number | undefined {
  const [, number, suffix] = /^(\d+(?:\.\d*)?(?:e\d+)?)([a-zA-Z]*)$/.exec(String(quantity)) ?? []
  const factor = factors[suffix ?? ' ']
  return number === undefined || factor === undefined ? undefined : Number(number) * factor
}

/** Whether a quantity became smaller. False if either quantity is invalid. */
export function isLess(after: Json | undefined, before: Json | undefined): boolean {
  const [small, large] = [quantityValue(after), quantityValue(before)]
  return small !== undefined && large !== undefined && small < large
}
