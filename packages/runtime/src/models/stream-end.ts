/** Reads a stream of server-sent events as it passes, for what says that it is whole. */
export interface StreamEnd {
  read(bytes: Uint8Array): void
  readonly reached: boolean
  /** What the stream itself says went wrong, where the SDKs and LangChain don't look. */
  readonly failure: string | undefined
}

/**
 * The last event of Anthropic's Messages, of OpenAI's Chat Completions and of its Responses. An `error` ends a stream too: the SDKs throw it.
 */
const last = /^(?:event: ?(?:message_stop|error|response\.(?:completed|incomplete))|data: ?\[DONE\])\s*$/
/** LangChain passes over this event, and would take what came before it for the answer. */
const failed = /^event: ?response\.failed\s*$/
const data = /^data: ?(.*)$/

function reason(json: string): string {
  try {
    const { response }: { response?: { error?: { code?: unknown; message?: unknown } } } = JSON.parse(json)
    return `it reported ${[response?.error?.code, response?.error?.message].filter(Boolean).join(', ') || 'a failure'}`
  } catch {
    return 'it reported a failure'
  }
}

export function streamEnd(): StreamEnd {
  const decoder = new TextDecoder()
  let rest = ''
  let reached = false
  let failing = false
  let failure: string | undefined
  return {
    read(bytes) {
      const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (failing) failure ??= reason(data.exec(line)?.[1] ?? '')
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
