import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { Cidr, Cpu, DnsLabel, HostName, HttpsUrl, Memory, Window } from './scalars.ts'

interface Edge {
  readonly schema: z.ZodType
  readonly taken: readonly string[]
  readonly refused: readonly string[]
}

const edges: Readonly<Record<string, Edge>> = {
  DnsLabel: {
    schema: DnsLabel,
    taken: ['a', 'prod', 'eu-1', 'a'.repeat(40)],
    refused: ['', '-a', 'a-', '1a', 'Prod', 'a.b', 'a_b', 'a'.repeat(41)],
  },
  HostName: {
    schema: HostName,
    taken: ['agents.example.com', 'a.b', '1.example.com'],
    refused: ['localhost', 'https://a.example.com', 'a..b', '-a.b', 'A.b', 'a.b:80', '10.0.0.1'],
  },
  Cpu: {
    schema: Cpu,
    taken: ['2', '0.5', '500m', '1.005', '1m'],
    refused: ['0', '0.0', '0.000', '0m', '500 m', '1.0005', '2 cores', '02'],
  },
  Memory: {
    schema: Memory,
    taken: ['1Ki', '512Mi', '2Gi', '1Ti'],
    refused: ['512', '512M', '512MB', '1.5Gi', '0Mi', '512 Mi'],
  },
  Window: { schema: Window, taken: ['30s', '5m', '6h', '3d'], refused: ['5', '5 m', '0m', '1h30m', '1w', '300ms'] },
  Cidr: {
    schema: Cidr,
    taken: [
      '10.0.0.0/8',
      '192.0.2.0/28',
      '192.0.2.7/32',
      '169.253.0.0/16',
      '126.0.0.0/8',
      '223.0.0.0/8',
      '240.0.0.0/8',
    ],
    refused: [
      '192.0.2.7',
      '10.0.0.0/7',
      '0.0.0.0/0',
      '10.0.0.0/33',
      '10.0.0.5/24',
      'db.example.com',
      '169.254.169.254/32',
      '169.254.0.0/16',
      '169.254.170.2/32',
      '169.252.0.0/14',
      '169.0.0.0/8',
      '127.0.0.1/32',
      '127.0.0.0/8',
      '0.0.0.0/32',
      '0.0.0.0/8',
      '224.0.0.1/32',
      '239.1.0.0/16',
      '255.255.255.255/32',
      '255.255.255.0/24',
    ],
  },
  HttpsUrl: {
    schema: HttpsUrl,
    taken: ['https://a.example.com', 'https://10.0.0.1:6443/path'],
    refused: ['http://a.example.com', 'a.example.com', ''],
  },
}

describe.each(Object.entries(edges))('%s', (_name, { schema, taken, refused }) => {
  it.each(taken)('accepts %s', (text) => {
    expect(schema.safeParse(text).success).toBe(true)
  })

  it.each(refused)('rejects "%s"', (text) => {
    expect(schema.safeParse(text).success).toBe(false)
  })
})
