import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

/** Output of a command: a terminal, a pipe or a test. */
export interface Output {
  readonly isTTY?: boolean
  write(text: string): unknown
}

/** Writer of a command's output: plain text in a pipe, with colours and progress on a terminal. */
export interface Terminal {
  line(text?: string): void
  /** Writes text without a line break. */
  write(text: string): void
  style(style: Style, text: string): string
  /**
   * Runs a step and prints how long it took. On a terminal it shows the title during the step.
   *
   * @param work returns the text of the finished step's line
   */
  step(title: string, work: () => Promise<string>): Promise<void>
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`
const width = 78

export function createTerminal(output: Output, colour: boolean): Terminal {
  const live = output.isTTY === true
  const style: Terminal['style'] = (wanted, text) =>
    live && colour ? styleText(wanted, text, { validateStream: false }) : text
  const line = (text = ''): void => void output.write(`${text}\n`)
  return {
    line,
    style,
    write: (text) => void output.write(text),
    step: async (title, work) => {
      const start = performance.now()
      if (live) output.write(style('dim', `  … ${title}`))
      try {
        const done = await work()
        const took = seconds(performance.now() - start)
        if (live) output.write('\r\u001b[K')
        line(`  ${style('green', '✓')} ${done.padEnd(width - 4 - took.length)} ${style('dim', took)}`)
      } catch (error) {
        if (live) output.write('\r\u001b[K')
        line(`  ${style('red', '✗')} ${title}`)
        throw error
      }
    },
  }
}
