import process from 'node:process'
import { readVariableNames } from '@hadal/platform/container-variables'

/** What the command takes from the environment of its process. Nothing else in this program reads it. */
export interface ProcessEnvironment {
  readonly anthropicKey: boolean
  readonly openaiKey: boolean
  /** Whether a terminal may be given colour: https://no-color.org, and a terminal that calls itself dumb. */
  readonly colour: boolean
  /** What child processes get: all but a server's own variables, of which only those of models, tracing and agents' files and sandboxes stay. */
  readonly forChildren: Readonly<Record<string, string | undefined>>
}

const kept = /^(ANTHROPIC_|OPENAI_|MODEL_|LANGSMITH_|SANDBOX|BATCH_FOLDER$)/

export function readProcessEnvironment(): ProcessEnvironment {
  const environment = process.env
  const given = (name: string): boolean => Boolean(environment[name] || environment[`${name}_FILE`])
  // A DATABASE_URL_FILE of the person's shell would come before the address that this command gives.
  const ours = Object.entries(environment).filter(([name]) => kept.test(name) || !readVariableNames.includes(name))
  return {
    anthropicKey: given('ANTHROPIC_API_KEY'),
    openaiKey: given('OPENAI_API_KEY'),
    colour: !environment.NO_COLOR && environment.TERM !== 'dumb',
    forChildren: Object.fromEntries(ours),
  }
}
