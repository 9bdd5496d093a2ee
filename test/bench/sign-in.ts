import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeKey } from '@hadal/runtime/fixtures/make-key'
import { audience, startOidcIssuer } from '@hadal/runtime/fixtures/oidc-issuer'
import { addressesWithRoles, createTestRoles, testRoles } from '@hadal/runtime/fixtures/server-addresses'
import { withClient } from '@hadal/runtime/fixtures/with-client'
import { migrate } from '@hadal/runtime/store/migrate'
import { Client } from '@langchain/langgraph-sdk'
import { figures } from './figures.ts'
import { measuredDatabase } from './run-path/measured-database.ts'
import { oneRun, type Served, serveHadal } from './run-path/served.ts'
import { numbers, spread, table } from './statistics.ts'

/** Runs of each server before the measurement, so that code and statements are compiled and prepared. */
const warmUp = 100
/** Runs of each server in a round: one of each in turn, because the speed of the machine changes within a round. */
const perRound = 40
/** Accepted cost of a sign-in, as a ratio of durations. */
const asked = 1.05

/** A server with a kind of sign-in. */
interface Contestant {
  readonly name: string
  readonly served: Served
}

/** Measures `runs.wait` of one client with a sign-in ÷ without: each server in a process and on a database of its own, one run of each in turn. */
export async function signIn(rounds: number): Promise<string> {
  const state = mkdtempSync(join(tmpdir(), 'hadal-bench-'))
  // If this process is root, the database runs as another user, which must be able to access the folder.
  chmodSync(state, 0o755)
  await using opened = new AsyncDisposableStack()
  opened.defer(() => rmSync(state, { recursive: true, force: true }))
  const database = await measuredDatabase(state)
  opened.defer(() => database.stop())
  const issuer = await startOidcIssuer()
  opened.defer(() => issuer.close())
  const serve = async (
    name: string,
    access: object,
    headersOf: (url: string) => Promise<Record<string, string>> = async () => ({}),
  ): Promise<Contestant> => {
    const url = await database.create(name.replaceAll('-', '_'))
    // Servers with sign-in need three roles. Those without have them here too, so that the servers differ by the sign-in alone.
    await withClient(url, (client) => createTestRoles(client, url))
    await migrate(url, undefined, undefined, testRoles)
    const served = await serveHadal({ ...addressesWithRoles(url), ACCESS: JSON.stringify(access) }, 'echo')
    opened.defer(() => served.end())
    const client = new Client({
      apiUrl: served.url,
      apiKey: null,
      defaultHeaders: await headersOf(url),
      callerOptions: { maxRetries: 0 },
    })
    return { name, served: { ...served, client } }
  }
  const open = await serve('open', { kind: 'open' })
  const withSignIn = [
    // The same server a second time: its ratio is the noise of the measurement.
    await serve('open-again', { kind: 'open' }),
    await serve('api-keys', { kind: 'api-keys' }, async (url) => ({
      'x-api-key': (await makeKey(url, { user: 'ada', roles: ['run'] })).text,
    })),
    await serve('oidc', { kind: 'oidc', issuer: issuer.url, audience }, async () => ({
      authorization: `Bearer ${await issuer.token('ada')}`,
    })),
  ]
  const all = [open, ...withSignIn]
  for (const { served } of all) for (let run = 0; run < warmUp; run++) await oneRun(served)
  const medians = new Map<string, number[]>(all.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const [name, durations] of await measuredRound(all)) medians.get(name)?.push(spread(durations).median)
  }
  const without = medians.get(open.name) ?? []
  const ratios = (name: string): number[] =>
    (medians.get(name) ?? []).map((value, round) => value / (without[round] ?? Number.NaN))
  return [
    figures(
      withSignIn.map(({ name }) => ({
        name: `runs.wait of one client, p50: ${name} ÷ open`,
        value: spread(ratios(name)).median,
        asked,
        aim: 1.02,
        better: 'lower' as const,
        digits: 3,
      })),
    ),
    '',
    `${rounds} rounds of ${perRound} runs of each server in turn`,
    '',
    table(
      ['', 'min', 'median', 'max'],
      all.flatMap(({ name }) => [
        [`${name}: p50 [ms]`, ...numbers(spread(medians.get(name) ?? []), 2)],
        [`${name} ÷ open`, ...numbers(spread(ratios(name)), 3)],
      ]),
    ),
  ].join('\n')
}

/** Durations in milliseconds of the runs of a round, by the name of the server. */
async function measuredRound(all: readonly Contestant[]): Promise<Map<string, number[]>> {
  const durations = new Map<string, number[]>(all.map(({ name }) => [name, []]))
  for (let run = 0; run < perRound; run++) {
    // Each server has each place in the order equally often.
    const first = run % all.length
    for (const { name, served } of [...all.slice(first), ...all.slice(0, first)]) {
      const started = performance.now()
      await oneRun(served)
      durations.get(name)?.push(performance.now() - started)
    }
  }
  return durations
}
