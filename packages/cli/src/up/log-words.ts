/** Matches lines that Node prints about a crash in addition to the error's message. */
const trace = /^\s+at |^\s*\^|^node:|^file:\/\/|^Node\.js v|^\s*(code|url|path):|^[{}\s]*$|^throw |^\s+throw /

/** Levels of the server's log lines that don't explain an exit. */
const quiet: readonly unknown[] = ['info', 'debug']

/** The last 12 lines of a program's log that explain why it exited: warnings and errors, without stack traces. */
export function wordsOfLog(text: string): string {
  const said = text.split('\n').map((line) => {
    if (trace.test(line)) return ''
    if (!line.startsWith('{')) return line.replace(/ \{$/, '')
    try {
      return wordsOfLine(JSON.parse(line))
    } catch {
      return line
    }
  })
  return said.filter(Boolean).slice(-12).join('\n')
}

/** The event of a log line with its text or the message of its error; empty for a line that does not explain an exit. */
function wordsOfLine({ level, event, text, err }: Record<string, unknown>): string {
  if (quiet.includes(level)) return ''
  const cause = typeof err === 'object' && err !== null && 'message' in err ? err.message : undefined
  return [event, text, cause].filter((part) => typeof part === 'string').join(': ')
}
