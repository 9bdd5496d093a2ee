const bytesOf = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 } as const
const suffixes = ['Ti', 'Gi', 'Mi', 'Ki'] as const

const invalidQuantity = (text: string, kind: string): Error =>
  new Error(`Invalid ${kind} quantity: "${text}". The environment's schema should have rejected it.`)

/** Converts a CPU quantity of the schema to thousandths of a core: `500m` is 500, `1.5` is 1500. */
export function cpuMillis(text: string): number {
  const [, number, milli] = /^(\d+(?:\.\d+)?)(m?)$/.exec(text) ?? []
  if (number === undefined) throw invalidQuantity(text, 'CPU')
  // Rounded, since 1.005 × 1000 is 1004.9999….
  return milli ? Number(number) : Math.round(Number(number) * 1000)
}

/** Converts a memory quantity of the schema to bytes: `1Ki` is 1024. */
export function memoryBytes(text: string): number {
  const [, number, suffix] = /^(\d+)(Ki|Mi|Gi|Ti)$/.exec(text) ?? []
  const unit = suffixes.find((known) => known === suffix)
  if (number === undefined || unit === undefined) throw invalidQuantity(text, 'memory')
  return Number(number) * bytesOf[unit]
}

/** Converts thousandths of a core to a Kubernetes quantity: 2000 is `2`, 1500 is `1500m`. */
export const cpuText = (millis: number): string => (millis % 1000 === 0 ? String(millis / 1000) : `${millis}m`)

/** Converts bytes to a Kubernetes quantity with the largest suffix that needs no fraction. Fractions of a KiB are rounded up. */
export function memoryText(bytes: number): string {
  const suffix = suffixes.find((candidate) => bytes % bytesOf[candidate] === 0) ?? 'Ki'
  return `${Math.ceil(bytes / bytesOf[suffix])}${suffix}`
}
