/** What Node prints about a crash besides its message. */
const trace = /^\s+at |^\s*\^|^node:|^file:\/\/|^Node\.js v|^\s*(code|url|path):|^[{}\s]*$|^throw |^\s+throw /

/** The few lines at the end of a program's log that tell a person why it ended: sentences and errors, no stack traces. */
export function wordsOfLog(text: string): string {
  const said = text.split('\n').map((line) => {
    if (trace.test(line)) return ''
    if (!line.startsWith('{')) return line.replace(/ \{$/, '')
    try {
      const { level, msg, message } = JSON.parse(line) as Record<string, unknown>
      // pino's number of a level, or its name; what is only information says nothing about an end.
      if (level === 'info' || level === 'debug' || (typeof level === 'number' && level < 40)) return ''
      return String(msg ?? message ?? '')
    } catch {
      return line
    }
  })
  return said.filter(Boolean).slice(-12).join('\n')
}
