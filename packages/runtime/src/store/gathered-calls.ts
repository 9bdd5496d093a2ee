interface Waiting<Input, Output> {
  readonly input: Input
  readonly resolve: (output: Output) => void
  readonly reject: (error: unknown) => void
}

/**
 * Executes calls of one turn of the event loop together: many small statements cost the database and this process several times what one statement
 * for all of them costs. If that fails, each call is executed alone, so that a call fails only by its own input.
 *
 * @param execute executes the calls, and returns their results in the same order
 * @param most maximum number of calls that are executed together
 */
export function gatheredCalls<Input, Output>(
  execute: (inputs: readonly Input[]) => Promise<readonly Output[]>,
  most: number,
): (input: Input) => Promise<Output> {
  let waiting: Waiting<Input, Output>[] = []
  const settle = async (calls: readonly Waiting<Input, Output>[]): Promise<void> => {
    try {
      const outputs = await execute(calls.map(({ input }) => input))
      for (const [index, output] of outputs.entries()) calls[index]?.resolve(output)
    } catch (error) {
      if (calls.length > 1) for (const call of calls) void settle([call])
      else calls[0]?.reject(error)
    }
  }
  const flush = (): void => {
    const calls = waiting
    waiting = []
    for (let from = 0; from < calls.length; from += most) void settle(calls.slice(from, from + most))
  }
  return (input) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush)
      waiting.push({ input, resolve, reject })
    })
}
