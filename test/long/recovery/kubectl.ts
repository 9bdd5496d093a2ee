// Stand-in for `kubectl`: sends its arguments and its standard input to the test, which answers as the cluster would.
import process from 'node:process'
import { text } from 'node:stream/consumers'

const args = process.argv.slice(2)
const input = args.includes('-i') ? await text(process.stdin) : ''
const response = await fetch(process.env.STAND_IN_CLUSTER ?? '', {
  method: 'POST',
  body: JSON.stringify({ args, input, folder: process.cwd() }),
})
const { status, output, errors } = (await response.json()) as { status: number; output: string; errors: string }
process.stdout.write(output)
process.stderr.write(errors)
process.exitCode = status
