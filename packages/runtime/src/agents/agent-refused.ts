/** Error of `defineAgent`: the definition of an agent is invalid, whatever the configuration of a run is. */
export class AgentRefused extends Error {
  /** Whether the environment lacks what the agent needs, such as a volume: the server must not start then. */
  readonly environmentLacks: boolean

  constructor(sentence: string, { environmentLacks = false } = {}) {
    super(sentence)
    this.name = 'AgentRefused'
    this.environmentLacks = environmentLacks
  }
}
