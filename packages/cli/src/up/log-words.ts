/** Matches lines that Node prints about a crash in addition to the error's message. */
const trace = /^\s+at |^\s*\^|^node:|^file:\/\/|^Node\.js v|^\s*(code|url|path):|^[{}\s]*$|^throw |^\s+throw /

/** The last 12 lines of a program's log that explain why it exited: warnings and errors, without stack traces. */
export function wordsOfLog(text: string): string {
  const said = text.split('\n').map((line) => {
    if (trace.test(line)) return ''
    if (!line.startsWith('{')) return line.replace(/ \{$/, '')
    try {
      const { level, msg, message } = JSON.parse(line) as Record<string, unknown>
      // Levels are pino's numbers or names. Lines below the level "warn" don't explain an exit.
      if (level === 'info' || level === 'debug' || (typeof level === 'number' && level < 40)) return ''
      return String(msg ?? message ?? '')
    } catch {
      return line
    }
  })
  return said.filter(Boolean).slice(-12).join('\n')
}
