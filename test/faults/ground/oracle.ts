import { existsSync, readFileSync } from 'node:fs'
import type { ServerProcess } from '@hadal/runtime/fixtures/server-process'
import type { RunEvent } from '@hadal/runtime/store/queries/run-events'
import type pg from 'pg'
import type { Effect } from '../agents/effect.ts'
import { withConnection } from './fault-database.ts'
import { sequenceProblems } from './sequence-problems.ts'

/** A run that a server accepted, with the final status that it is expected to reach. */
export interface AcceptedRun {
  readonly threadId: string
  readonly runId: string
  /** Path of the file in which the run's executed steps are recorded. */
  readonly file: string
  readonly ends: 'success' | 'error' | 'interrupted'
  /** Number of steps that the run must execute; undefined if it need not execute all steps. */
  readonly steps?: number
  /** Name of the error with which the run is expected to fail; undefined if it must not fail. */
  readonly error?: string
}

interface RunState {
  readonly run_id: string
  readonly status: string
  readonly error: { readonly error?: string; readonly message?: string } | null
  readonly thread_status: string
  readonly ends: number
  readonly open_jobs: number
  readonly events: readonly RunEvent[]
  readonly dead_letters: number
}

const runStates = `SELECT run.run_id, run.status, run.error, thread.status AS thread_status,
  (SELECT count(*)::int FROM public.run_end e WHERE e.run_id = run.run_id) AS ends,
  (SELECT count(*)::int FROM pgboss.job j WHERE j.name = 'run' AND j.id = run.run_id AND j.state < 'completed') AS open_jobs,
  (SELECT count(*)::int FROM pgboss.job j WHERE j.name = 'run-dead' AND j.data->>'runId' = run.run_id::text) AS dead_letters
  FROM hadal.run JOIN hadal.thread USING (thread_id) WHERE run.run_id = ANY($1)`

const isOver = ({ status, open_jobs }: RunStateRow): boolean =>
  status !== 'pending' && status !== 'running' && open_jobs === 0

type RunStateRow = Omit<RunState, 'events'>

async function statesOf(client: pg.Client, runs: readonly AcceptedRun[]): Promise<Map<string, RunStateRow>> {
  const { rows } = await client.query<RunStateRow>(runStates, [runs.map(({ runId }) => runId)])
  return new Map(rows.map((row) => [row.run_id, row]))
}

/** Rows of the event logs of the runs, by run. */
async function eventsOf(client: pg.Client, runs: readonly AcceptedRun[]): Promise<Map<string, RunEvent[]>> {
  const { rows } = await client.query<RunEvent & { run_id: string }>(
    'SELECT run_id, sequence, event, data FROM hadal.run_event WHERE run_id = ANY($1)',
    [runs.map(({ runId }) => runId)],
  )
  return Map.groupBy(rows, ({ run_id }) => run_id)
}

/** Waits until every run has ended. @returns false if some have not ended in time; {@link brokenPromises} names them */
export async function allOver(url: string, runs: readonly AcceptedRun[], withinMs: number): Promise<boolean> {
  for (const end = Date.now() + withinMs; ; await new Promise((resolve) => setTimeout(resolve, 200))) {
    // The query is repeated if the database restarts.
    const states = await withConnection(url, (client) => statesOf(client, runs)).catch(
      () => new Map<string, RunStateRow>(),
    )
    if (runs.every(({ runId }) => [states.get(runId)].some((state) => state && isOver(state)))) return true
    if (Date.now() > end) return false
  }
}

/**
 * Checks the database, the recorded steps, the logs and the metrics for violations of the guarantees, after any fault.
 *
 * @returns one sentence per violation; empty if there is none
 */
export async function brokenPromises(
  url: string,
  runs: readonly AcceptedRun[],
  processes: readonly ServerProcess[],
): Promise<string[]> {
  const states = await withConnection(url, (client) => statesOf(client, runs))
  const events = await withConnection(url, (client) => eventsOf(client, runs))
  const stateOf = ({ runId }: AcceptedRun): RunState | undefined => {
    const state = states.get(runId)
    return state && { ...state, events: events.get(runId) ?? [] }
  }
  const duplicates = runs.length - new Set(runs.map(({ runId }) => runId)).size
  return [
    ...(duplicates > 0 ? [`${duplicates} runs were accepted twice.`] : []),
    ...runs.flatMap((run) => [...stateProblems(run, stateOf(run)), ...effectProblems(run, effectsOf(run))]),
    ...runs.flatMap((run) => endLineProblems(run, processes)),
    ...(await metricProblems(processes)),
  ]
}

function stateProblems(run: AcceptedRun, state: RunState | undefined): string[] {
  const name = `Run ${run.runId}`
  if (!state) return [`${name} is lost: it has no row.`]
  const problems: string[] = []
  const said = state.error ? ` (${state.error.error}: ${state.error.message})` : ''
  if (state.status !== run.ends) problems.push(`${name} is ${state.status}${said}. It must be ${run.ends}.`)
  else if (run.error !== undefined && state.error?.error !== run.error)
    problems.push(`${name} has the error ${state.error?.error}. It must be ${run.error}.`)
  if (isOver(state) && state.ends !== 1) problems.push(`${name} reached ${state.ends} ends. It must be one.`)
  if (!isOver(state)) problems.push(`${name} has no end: it is ${state.status}, with ${state.open_jobs} open jobs.`)
  else if (state.thread_status === 'busy')
    problems.push(`${name} is over, and its thread ${run.threadId} is still busy.`)
  problems.push(...sequenceProblems(state.events).map((problem) => `${name}: ${problem}.`))
  const deadLetters = run.error === 'RunKilledItsProcess' ? 1 : 0
  if (state.dead_letters !== deadLetters)
    problems.push(`${name} has ${state.dead_letters} dead letters. It must be ${deadLetters}.`)
  return problems
}

/** Recorded executions of the run's steps, in the order in which they began. */
export function effectsOf({ file, runId }: Pick<AcceptedRun, 'file' | 'runId'>): Effect[] {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  return lines.map((line): Effect => JSON.parse(line)).filter((effect) => effect.run === runId)
}

/**
 * Checks the executions of a run's steps. A step is finished when the next step begins. An attempt must not begin a finished step. A process that
 * was paused for longer than its lease may begin one more step, which can write nothing.
 */
export function effectProblems(run: Pick<AcceptedRun, 'runId' | 'steps'>, effects: readonly Effect[]): string[] {
  const problems: string[] = []
  const name = `Run ${run.runId}`
  const late = new Map<number, number>()
  for (const [index, { step, attempt }] of effects.entries()) {
    const before = effects.slice(0, index)
    if (before.some((earlier) => earlier.attempt > attempt)) {
      late.set(attempt, (late.get(attempt) ?? 0) + 1)
      continue
    }
    const current = before.filter((earlier) => earlier.attempt === attempt)
    const finished = before.some((earlier) => earlier.attempt < attempt && earlier.step > step)
    if (finished) problems.push(`${name}: attempt ${attempt} executed step ${step}, which was finished before.`)
    if (current.some((earlier) => earlier.step >= step))
      problems.push(`${name}: attempt ${attempt} repeated step ${step}.`)
  }
  for (const [attempt, count] of late) {
    if (count > 1) problems.push(`${name}: attempt ${attempt} began ${count} steps after its lease was lost.`)
  }
  const executed = new Set(effects.map(({ step }) => step))
  for (let step = 1; step <= (run.steps ?? 0); step += 1) {
    if (!executed.has(step)) problems.push(`${name}: step ${step} was never executed.`)
  }
  return problems
}

/** Log lines of an event. Servers of the previous release write the name of the event as "msg". */
const logged = ({ log }: ServerProcess, event: string): Record<string, unknown>[] =>
  log
    .filter((line) => [`"event":"${event}"`, `"msg":"${event}"`].some((field) => line.includes(field)))
    .map((line) => JSON.parse(line))

/** Checks that a run has at most one log line for its end. A process that is killed between the commit and the line logs no end. */
function endLineProblems({ runId }: AcceptedRun, processes: readonly ServerProcess[]): string[] {
  const ends = processes.flatMap((process) => logged(process, 'run_end')).filter(({ run_id }) => run_id === runId)
  return ends.length > 1 ? [`Run ${runId} has ${ends.length} lines "run_end" in the logs.`] : []
}

/** Checks that each living process has counted each end that it logged. Retries for some seconds, because a log line may arrive late. */
async function metricProblems(processes: readonly ServerProcess[]): Promise<string[]> {
  const living = processes.filter(({ process }) => process.exitCode === null && process.signalCode === null)
  return (await Promise.all(living.map((server) => metricProblem(server)))).flat()
}

async function metricProblem(server: ServerProcess, withinMs = 5_000): Promise<string[]> {
  for (const end = Date.now() + withinMs; ; await new Promise((resolve) => setTimeout(resolve, 200))) {
    const counted = await countedEnds(server)
    const ends = logged(server, 'run_end').length
    if (counted === ends) return []
    if (Date.now() > end) return [`Process ${server.process.pid} counted ${counted} ends and logged ${ends}.`]
  }
}

async function countedEnds(server: ServerProcess): Promise<number> {
  const [ready] = logged(server, 'ready')
  const text = await (await fetch(`http://127.0.0.1:${ready?.metrics_port}/metrics`)).text()
  const counts = [...text.matchAll(/^runs_finished_total\{[^}]*\} (\d+)$/gm)].map(([, count]) => Number(count))
  return counts.reduce((sum, count) => sum + count, 0)
}
