import type { Message } from '@langchain/langgraph-sdk'
import { useStream } from '@langchain/langgraph-sdk/react'
import { useState } from 'react'
import { Approvals, type Question } from './approvals.tsx'
import { TextForm } from './text-form.tsx'

interface ChatProps {
  readonly server: string
  readonly thread: string | null
  readonly onThread: (threadId: string) => void
}

const human = (text: string): { messages: Message[] } => ({ messages: [{ type: 'human', content: text }] })

/** Page that talks with the agent `guarded` as the documentation of `useStream` shows it. */
export function Chat({ server, thread, onThread }: ChatProps) {
  const [threadId, setThreadId] = useState(thread)
  const stream = useStream<{ messages: Message[] }, { InterruptType: Question }>({
    apiUrl: server,
    assistantId: 'guarded',
    threadId,
    onThreadId: (id) => {
      setThreadId(id)
      onThread(id)
    },
    reconnectOnMount: true,
    // All checkpoints of a short conversation. The default of 10 is less than two turns, and hides branches.
    fetchStateHistory: { limit: 100 },
  })
  const question = stream.interrupt?.value
  return (
    <main>
      <p role="status">{stream.isLoading || stream.isThreadLoading ? 'working' : 'idle'}</p>
      <ol aria-label="Messages">
        {stream.messages.map((message, index) => {
          const metadata = stream.getMessagesMetadata(message, index)
          const branches = metadata?.branchOptions ?? []
          return (
            <li key={message.id ?? index}>
              {message.type}: {typeof message.content === 'string' ? message.content : JSON.stringify(message.content)}
              {message.type === 'human' && metadata?.firstSeenState && (
                <TextForm
                  label="New text"
                  button="Edit"
                  onText={(text) =>
                    stream.submit(human(text), { checkpoint: metadata.firstSeenState?.parent_checkpoint ?? null })
                  }
                />
              )}
              {branches.map((branch, at) => (
                <button
                  key={branch}
                  type="button"
                  aria-pressed={branch === metadata?.branch}
                  onClick={() => stream.setBranch(branch)}
                >
                  Branch {at + 1}
                </button>
              ))}
            </li>
          )
        })}
      </ol>
      {question && !stream.isLoading && (
        <Approvals
          question={question}
          onAnswer={(decisions) => stream.submit(undefined, { command: { resume: { decisions } } })}
        />
      )}
      {stream.error !== undefined && (
        <p role="alert">{stream.error instanceof Error ? stream.error.message : JSON.stringify(stream.error)}</p>
      )}
      {stream.isLoading && (
        <button type="button" onClick={() => void stream.stop()}>
          Stop
        </button>
      )}
      <TextForm
        label="Message"
        button="Send"
        onText={(text) =>
          stream.submit(human(text), {
            optimisticValues: ({ messages = [] }) => ({ messages: [...messages, ...human(text).messages] }),
          })
        }
      />
    </main>
  )
}
