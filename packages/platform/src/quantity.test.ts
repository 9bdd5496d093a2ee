import { assert, constantFrom, integer, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cpuMillis, cpuText, memoryBytes, memoryText } from './quantity.ts'
import { Cpu, Memory } from './schema/scalars.ts'

const millis = integer({ min: 1, max: 999_999 })
const bytes = integer({ min: 1, max: 999_999_999 }).map((kibibytes) => kibibytes * 1024)
const suffix = constantFrom('Ki', 'Mi', 'Gi', 'Ti')

describe('a CPU quantity', () => {
  it('is parsed in cores, fractions of a core and thousandths', () => {
    expect(['2', '0.5', '1.005', '0.001', '500m', '2000m'].map(cpuMillis)).toEqual([2000, 500, 1005, 1, 500, 2000])
  })

  it('survives formatting and parsing, and the schema accepts its text', () => {
    assert(property(millis, (amount) => cpuMillis(Cpu.parse(cpuText(amount))) === amount))
  })

  it('is equal in cores with three decimals and in thousandths', () => {
    assert(property(millis, (amount) => cpuMillis((amount / 1000).toFixed(3)) === cpuMillis(`${amount}m`)))
  })

  it('is rejected in any other notation', () => {
    for (const text of ['', 'm', '2 ', '1e3', '-1', '2Gi']) expect(() => cpuMillis(text)).toThrow(`"${text}"`)
  })
})

describe('a memory quantity', () => {
  it('is parsed with its binary suffix', () => {
    expect(['1Ki', '512Mi', '2Gi', '1Ti'].map(memoryBytes)).toEqual([1024, 536_870_912, 2_147_483_648, 2 ** 40])
  })

  it('survives formatting and parsing, and the schema accepts its text', () => {
    assert(property(bytes, (amount) => memoryBytes(Memory.parse(memoryText(amount))) === amount))
  })

  it('is 1024 times as large with the next suffix', () => {
    const next = { Ki: 'Mi', Mi: 'Gi', Gi: 'Ti' } as const
    const number = integer({ min: 1, max: 999_999_999 })
    assert(
      property(number, constantFrom('Ki', 'Mi', 'Gi'), (amount, from) => {
        return memoryBytes(`${amount}${next[from]}`) === 1024 * memoryBytes(`${amount}${from}`)
      }),
    )
  })

  it('grows with its number', () => {
    assert(
      property(integer({ min: 1, max: 999_999_998 }), suffix, (amount, unit) => {
        return memoryBytes(`${amount}${unit}`) < memoryBytes(`${amount + 1}${unit}`)
      }),
    )
  })

  it('is written with the largest suffix that needs no fraction, rounded up to whole KiB', () => {
    expect([2 ** 31, 1536 * 2 ** 20, 1025].map(memoryText)).toEqual(['2Gi', '1536Mi', '2Ki'])
  })

  it('is rejected in any other notation', () => {
    for (const text of ['', '512M', '512', '1.5Gi', 'Gi', '512mi']) expect(() => memoryBytes(text)).toThrow(`"${text}"`)
  })
})
