import process from 'node:process'

/** Default timeout for loading a `config.ts`, in milliseconds. It loads in less than a second on a slow machine. */
const defaultTimeoutMs = 30_000

/** Number of configurations that are loading now. */
let loading = 0
/** The process's own functions, which are replaced while a configuration loads. */
let own = { exit: process.exit, write: process.stdout.write }

/**
 * Imports the module of an environment's configuration and returns its default export. The configuration is code, which could end or block the
 * command that reads it. A command that ends early with status 0 would look like a success, so that is an error here:
 *
 * - `process.exit` throws while the module loads.
 * - `process.exitCode` is restored.
 * - Output of the module goes to standard error, because standard output may be JSON.
 * - A top-level `await` that never settles ends the command with status 1. If something else keeps the process alive, the promise rejects after
 *   the timeout.
 *
 * @param href URL of the module
 * @param file name of the file for messages
 * @param timeoutMs timeout for loading the module, in milliseconds
 */
export async function importConfiguration(href: string, file: string, timeoutMs = defaultTimeoutMs): Promise<unknown> {
  const { exitCode } = process
  // Node exits with the promise pending if nothing else is left to do.
  const onExit = (): void => {
    process.stderr.write(`${file}: ${unsettled} Remove the await, or make sure that it settles.\n`)
    process.exitCode = 1
  }
  process.once('exit', onExit)
  if (loading === 0) own = { exit: process.exit, write: process.stdout.write }
  loading += 1
  process.exit = refuseExit
  process.stdout.write = process.stderr.write.bind(process.stderr)
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`it did not load within ${timeoutMs / 1000} s`)), timeoutMs)
    timer.unref()
  })
  try {
    const module: { default?: unknown } = await Promise.race([import(href), late])
    return module.default
  } finally {
    clearTimeout(timer)
    process.removeListener('exit', onExit)
    loading -= 1
    if (loading === 0) {
      process.exit = own.exit
      process.stdout.write = own.write
    }
    process.exitCode = exitCode
  }
}

const unsettled = 'The file did not finish loading: a top-level await never settles.'

function refuseExit(code?: number | string | null): never {
  throw new Error(`it called process.exit(${code ?? ''}), which would end the command that reads it`)
}
