import { isRecord } from '@hadal/platform/is-record'
import type { Terminal } from './terminal.ts'

/** One event of a run's stream, as the client returns it. A name such as `updates|tools:…` is from a subagent. */
export interface RunEvent {
  readonly event: string
  readonly data: unknown
}

/** View that prints the stream of a run. */
export interface RunView {
  show(event: RunEvent): void
  /** Prints a label with a line, and more lines below it. */
  note(label: string, first: string, rest?: readonly string[]): void
}

interface ToolCall {
  readonly id?: string
  readonly name: string
  readonly args: Readonly<Record<string, unknown>>
}

const labelWidth = 11
/** Column at which the text after a line's label begins, in the output of `hadal up`. */
const margin = labelWidth + 2
const width = 78

const shorten = (text: string, most: number): string => {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > most ? `${line.slice(0, most - 1)}…` : line
}

/** Text of a message. Its content is a string or a list of blocks, depending on the provider. */
function textOf(message: Record<string, unknown>): string {
  if (typeof message.content === 'string') return message.content
  if (!Array.isArray(message.content)) return ''
  return message.content.map((block) => (isRecord(block) && typeof block.text === 'string' ? block.text : '')).join('')
}

const marks: Readonly<Record<string, string>> = { completed: '[x]', in_progress: '[>]', pending: '[ ]' }

/** Tools whose calls are shown after their execution instead of before, because a call may need an approval first. */
const fileTools = new Set(['write_file', 'edit_file', 'delete'])

/** Describes a tool call for the user: a label and lines. */
export function describeCall({ name, args }: ToolCall): readonly [label: string, ...lines: string[]] {
  if (name === 'write_todos' && Array.isArray(args.todos)) {
    return [
      'plan',
      ...args.todos.map((todo) => `${marks[String(todo?.status)] ?? '[ ]'} ${shorten(String(todo?.content), 60)}`),
    ]
  }
  if (fileTools.has(name)) return ['file', `${name} ${args.file_path}`]
  if (name === 'task') return ['subagent', `${args.subagent_type}: ${shorten(String(args.description), 50)}`]
  return ['tool', shorten(`${name} ${Object.values(args).map(String).join(', ')}`, 60)]
}

export function createRunView(terminal: Terminal): RunView {
  const shown = new Set<string>()
  const heard = new Set<unknown>()
  /** Current column of the streaming text. Undefined between texts. */
  let column: number | undefined
  let space = ''

  const endText = (): void => {
    if (column !== undefined) terminal.line()
    column = undefined
    space = ''
  }
  const label = (text: string, deep: boolean): string =>
    `  ${terminal.style('cyan', (deep ? `· ${text}` : text).padEnd(labelWidth))}`
  const note = (name: string, first: string, rest: readonly string[] = [], deep = false): void => {
    endText()
    terminal.line(label(name, deep) + first)
    for (const line of rest) terminal.line(' '.repeat(margin) + line)
  }
  const say = (text: string): void => {
    if (column === undefined && text.trim() !== '') {
      terminal.write(label('says', false))
      column = margin
    }
    for (const piece of text.match(/\n|[^\S\n]+|\S+/g) ?? []) {
      if (column === undefined) continue
      if (piece === '\n') {
        terminal.write('\n')
        column = 0
      } else if (piece.trim() === '') {
        space = ' '
        continue
      } else {
        // Lines break only between words, and a word may arrive in several pieces.
        if (space && column + piece.length >= width) {
          terminal.write('\n')
          column = 0
        }
        const lead = column === 0 ? ' '.repeat(margin) : column === margin ? '' : space
        terminal.write(lead + piece)
        column += lead.length + piece.length
      }
      space = ''
    }
  }
  /** Prints text of the agent: a piece of a streaming message, or a whole message that was not streamed. */
  const hear = (message: Record<string, unknown>): void => {
    const { id, type } = message
    const isPiece = type === 'AIMessageChunk' || 'tool_call_chunks' in message
    if (!isPiece && (type !== 'ai' || heard.has(id))) return
    heard.add(id)
    say(textOf(message))
  }
  const showMessage = (message: unknown, from: string): void => {
    if (!isRecord(message)) return
    const deep = from !== ''
    const calls: readonly ToolCall[] = Array.isArray(message.tool_calls) ? message.tool_calls : []
    for (const call of calls) {
      // The approval step returns its input message, so a call may arrive twice.
      const key = `${from} ${call.id}`
      if (shown.has(key)) continue
      shown.add(key)
      const [name, first = '', ...rest] = describeCall(call)
      if (!fileTools.has(call.name)) note(name, first, rest, deep)
    }
    if (message.type === 'tool' && fileTools.has(String(message.name))) {
      note('file', shorten(textOf(message), 2 * width), [], deep)
    }
  }

  return {
    note,
    show: ({ event, data }) => {
      const [kind, from = ''] = event.split('|', 2)
      if (kind === 'messages' && from === '' && Array.isArray(data) && isRecord(data[0])) {
        hear(data[0])
      } else if (kind === 'updates' && isRecord(data)) {
        for (const update of Object.values(data)) {
          if (!isRecord(update) || !Array.isArray(update.messages)) continue
          for (const message of update.messages) showMessage(message, from)
        }
      }
    },
  }
}
