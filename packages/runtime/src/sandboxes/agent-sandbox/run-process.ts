import { Client, credentials, Metadata } from '@grpc/grpc-js'
import {
  type CommandLimits,
  type CommandResult,
  SandboxUnavailable,
  timedOutExitCode,
} from '../sandbox/command-limits.ts'
import { LimitedOutput } from '../sandbox/limited-output.ts'
import { killRequest, type ProcessEvent, processEvent, startRequest } from './process-messages.ts'

const service = '/process.v1.ProcessService'
/** Maximum time in milliseconds for sandboxd to end a killed process. */
const endsWithinMs = 3_000
/** Maximum size of a gRPC message from sandboxd, in bytes. */
const messageBytes = 1_048_576

const asIs = (bytes: Buffer): Buffer => bytes

/**
 * Runs a shell command through sandboxd, within limits. sandboxd has no limits itself, so a command that exceeds its time is killed with its
 * process group.
 *
 * @param address host and port of sandboxd's gRPC service
 * @throws SandboxUnavailable if sandboxd can't be reached, or the connection breaks
 */
export async function runProcess(address: string, command: string, limits: CommandLimits): Promise<CommandResult> {
  const client = new Client(address, credentials.createInsecure(), {
    'grpc.max_receive_message_length': messageBytes,
    'grpc.enable_retries': 0,
  })
  const output = new LimitedOutput(limits.outputBytes)
  try {
    return await new Promise<CommandResult>((resolve, reject) => {
      let processId: number | undefined
      let exitCode: number | undefined
      let timedOut = false
      const request = startRequest(['/bin/sh', '-c', command])
      const stream = client.makeServerStreamRequest(`${service}/Start`, asIs, processEvent, request, new Metadata())
      const result = (code: number): CommandResult => ({
        output: output.bytes(),
        exitCode: timedOut ? timedOutExitCode : code,
        truncated: output.truncated,
        timedOut,
      })
      const late = setTimeout(() => {
        timedOut = true
        if (processId === undefined) return stream.cancel()
        client.makeUnaryRequest(`${service}/SendSignal`, asIs, asIs, killRequest(processId), () => {})
        setTimeout(() => stream.cancel(), endsWithinMs).unref()
      }, limits.commandSeconds * 1_000)
      stream.on('data', (event: ProcessEvent | undefined) => {
        if (event?.kind === 'started') processId = event.processId
        if (event?.kind === 'output') output.add(event.bytes)
        if (event?.kind === 'exit') exitCode = event.exitCode
      })
      stream.on('end', () => {
        clearTimeout(late)
        if (exitCode !== undefined || timedOut) resolve(result(exitCode ?? timedOutExitCode))
        else reject(new SandboxUnavailable('The sandbox closed the connection before the command ended.'))
      })
      stream.on('error', (error) => {
        clearTimeout(late)
        if (timedOut && processId !== undefined) resolve(result(timedOutExitCode))
        else reject(new SandboxUnavailable(`The sandbox at ${address} can't run a command: ${error.message}.`, error))
      })
    })
  } finally {
    client.close()
  }
}
