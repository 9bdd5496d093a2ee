import process from 'node:process'

/** Runs work that SIGTERM and SIGINT stop through its signal, so that it can clean up. */
export async function interruptible<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const stop = new AbortController()
  const signals = ['SIGTERM', 'SIGINT'] as const
  const onSignal = (name: NodeJS.Signals): void => stop.abort(new Error(`The command was stopped by ${name}.`))
  for (const name of signals) process.on(name, onSignal)
  try {
    return await work(stop.signal)
  } finally {
    for (const name of signals) process.off(name, onSignal)
  }
}
