import { reportedFailure } from './reported-failure.ts'
import { StreamLines } from './stream-lines.ts'

/** Reader that detects the end event of a model provider's stream of server-sent events. */
export interface StreamEnd {
  read(bytes: Uint8Array): void
  readonly reached: boolean
  /** Failure that a model provider's stream reports in an event that the SDKs and LangChain ignore. */
  readonly failure: string | undefined
}

/**
 * Matches the end events of Anthropic's Messages and of OpenAI's Chat Completions and Responses. An `error` event also ends a stream: the SDKs
 * throw it.
 */
const last = /^(?:event: ?(?:message_stop|error|response\.(?:completed|incomplete))|data: ?\[DONE\])\s*$/
/**
 * Matches the stream event of a model provider's failed response. LangChain ignores this event, and would accept the data before it as the answer.
 */
const failed = /^event: ?response\.failed\s*$/
const data = /^data: ?(.*)$/

export function streamEnd(): StreamEnd {
  const lines = new StreamLines()
  let reached = false
  let failing = false
  let failure: string | undefined
  return {
    read(bytes) {
      for (const line of lines.read(bytes)) {
        if (failing) failure ??= reportedFailure(data.exec(line)?.[1] ?? '')
        failing = failed.test(line)
        reached ||= last.test(line)
      }
    },
    get reached() {
      return reached
    },
    get failure() {
      return failure
    },
  }
}
