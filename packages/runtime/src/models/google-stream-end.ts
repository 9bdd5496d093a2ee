import { reportedFailure } from './reported-failure.ts'
import type { StreamEnd } from './stream-end.ts'
import { StreamLines } from './stream-lines.ts'

/** Matches the last chunk of Google's stream. In a text, the quotation marks would be escaped. */
const last = /(?<!\\)"(?:finishReason|blockReason)" ?:/
/** Matches an error in Google's stream, which LangChain ignores. */
const failed = /^data: ?(\{"error".*)$/

/** Reader that detects the end of a stream of Gemini's API and of Vertex AI, which have no event for it. */
export function googleStreamEnd(): StreamEnd {
  const lines = new StreamLines()
  let reached = false
  let failure: string | undefined
  return {
    read(bytes) {
      for (const line of lines.read(bytes)) {
        const [, error] = failed.exec(line) ?? []
        if (error) failure ??= reportedFailure(error)
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
