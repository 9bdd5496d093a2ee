const bytesOf = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 } as const
const suffixes = ['Ti', 'Gi', 'Mi', 'Ki'] as const

const notOne = (text: string, kind: string): Error =>
  new Error(`"${text}" is no quantity of ${kind}; the schema lets none such through`)

/** Thousandths of a core of what the schema's `Cpu` allows: `500m` is 500, `1.5` is 1500. */
export function cpuMillis(text: string): number {
  const [, number, milli] = /^(\d+(?:\.\d+)?)(m?)$/.exec(text) ?? []
  if (number === undefined) throw notOne(text, 'CPU')
  // Rounded, since 1.005 × 1000 is 1004.9999….
  return milli ? Number(number) : Math.round(Number(number) * 1000)
}

/** Bytes of what the schema's `Memory` allows: `1Ki` is 1024. */
export function memoryBytes(text: string): number {
  const [, number, suffix] = /^(\d+)(Ki|Mi|Gi|Ti)$/.exec(text) ?? []
  const unit = suffixes.find((known) => known === suffix)
  if (number === undefined || unit === undefined) throw notOne(text, 'memory')
  return Number(number) * bytesOf[unit]
}

/** Thousandths of a core in Kubernetes' notation, whole cores without a suffix: 2000 is `2`, 1500 is `1500m`. */
export const cpuText = (millis: number): string => (millis % 1000 === 0 ? String(millis / 1000) : `${millis}m`)

/** Bytes in Kubernetes' notation with the largest suffix that needs no fraction; a part of a KiB is rounded up to a whole one. */
export function memoryText(bytes: number): string {
  const suffix = suffixes.find((candidate) => bytes % bytesOf[candidate] === 0) ?? 'Ki'
  return `${Math.ceil(bytes / bytesOf[suffix])}${suffix}`
}
