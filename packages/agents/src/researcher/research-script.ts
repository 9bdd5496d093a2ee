import { AIMessage, type BaseMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import type { ScriptedReply } from '../models/scripted-model.ts'
import { wordsOf } from './search-passages.ts'

const aside = 'A script wrote this, not a language model: no ANTHROPIC_API_KEY or OPENAI_API_KEY is set.'

/** The newest question of a conversation, a short name for its files, and a look-up of the finished tool calls that were made for it. */
function readTurn(messages: readonly BaseMessage[]) {
  const asked = messages.findLastIndex((message) => HumanMessage.isInstance(message))
  const question = messages[asked]?.text.trim().replace(/\s+/g, ' ') ?? ''
  const since = messages.slice(asked + 1)
  const results = since.filter((message) => ToolMessage.isInstance(message))
  const calls = since.filter((message) => AIMessage.isInstance(message)).flatMap((message) => message.tool_calls ?? [])
  /** The first finished call of a tool whose arguments match the given ones, with its result; undefined if the conversation has no such call. */
  const done = (tool: string, fits: (args: Record<string, unknown>) => boolean = () => true) => {
    for (const call of calls.filter(({ name, args }) => name === tool && fits(args))) {
      const result = results.find((message) => message.tool_call_id === call.id)
      if (result) return { args: call.args, text: result.text, failed: result.status === 'error' }
    }
    return undefined
  }
  // The number of the question gives each question of a thread its own files.
  const number = messages.filter((message) => HumanMessage.isInstance(message)).length
  const slug = `${number}-${wordsOf(question).slice(0, 3).join('-') || 'question'}`
  return { question, slug, done }
}

const steps = ['Note the question', 'Have the documents read', 'Write the report', 'Answer']
const todos = (finished: number) =>
  steps.map((content, index) => ({
    content,
    status: index < finished ? 'completed' : index === finished ? 'in_progress' : 'pending',
  }))

const under = (folder: string) => (args: Record<string, unknown>) => String(args.file_path).startsWith(folder)

/** Next scripted reply of the researcher. Its turns: plan, take a note, delegate, write the report, complete the plan, answer. */
function research(messages: readonly BaseMessage[]): ScriptedReply {
  const { question, slug, done } = readTurn(messages)
  if (!done('write_todos')) {
    return {
      text: `The question is “${question}” I plan it in ${steps.length} steps.`,
      call: { name: 'write_todos', args: { todos: todos(0) } },
    }
  }
  if (!done('write_file', under('/notes/'))) {
    const content = `# Question\n\n${question}\n\n# Words to look for\n\n${wordsOf(question).join(', ')}\n`
    return {
      text: 'First a note, in my own scratch files; that needs no approval.',
      call: { name: 'write_file', args: { file_path: `/notes/${slug}.md`, content } },
    }
  }
  const findings = done('task')
  if (!findings) {
    return {
      text: 'The reading goes to a subagent.',
      call: { name: 'task', args: { subagent_type: 'document-reader', description: question } },
    }
  }
  const report = done('write_file', under('/reports/'))
  if (!report) {
    const content = `# ${question}\n\n${findings.text}\n\n_${aside}_\n`
    return {
      text: 'The findings are in. A report asks for approval before it is written.',
      call: { name: 'write_file', args: { file_path: `/reports/${slug}.md`, content } },
    }
  }
  if (!done('write_todos', (args) => JSON.stringify(args.todos) === JSON.stringify(todos(steps.length)))) {
    return { text: '', call: { name: 'write_todos', args: { todos: todos(steps.length) } } }
  }
  const where = report.failed
    ? `The report was not written: ${report.text}`
    : `The report is in ${report.args.file_path}.`
  return { text: `You asked: “${question}”\n\n${findings.text}\n\n${where} ${aside}` }
}

/** Matches one passage in the answer of the tool search_documents. */
const passage = /^(?<path>.+?):(?<line>\d+): (?<heading>.*)\n(?<text>[\s\S]*)$/
/** Maximum number of passages that the document reader quotes. */
const mostQuotes = 4

/** Next scripted reply of the document reader. Its turns: search, then quote the best passages. */
function readDocuments(messages: readonly BaseMessage[]): ScriptedReply {
  const { question, done } = readTurn(messages)
  const found = done('search_documents')
  if (!found) {
    return { text: '', call: { name: 'search_documents', args: { query: wordsOf(question).join(' ') || question } } }
  }
  const quotes = found.text.split('\n\n').flatMap((block) => {
    const { path, line, heading, text } = passage.exec(block)?.groups ?? {}
    if (!path) return []
    return [`${path}, line ${line}${heading ? `, under “${heading}”` : ''}:\n${String(text).replace(/^/gm, '> ')}`]
  })
  return { text: quotes.slice(0, mostQuotes).join('\n\n') || found.text }
}

/** Script of the researcher and its document reader, with real searches and files. The bound tools show which of the two agents needs the reply. */
export function researchScript(messages: readonly BaseMessage[], tools: readonly string[]): ScriptedReply {
  if (tools.includes('task')) return research(messages)
  if (tools.includes('search_documents')) return readDocuments(messages)
  return { text: 'There are no documents to read: no DOCUMENTS_FOLDER is set.' }
}
