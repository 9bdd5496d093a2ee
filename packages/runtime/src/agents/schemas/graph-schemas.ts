/** A JSON Schema (draft 7), as the API sends it. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** JSON Schemas of a graph; a schema that is not known is absent. */
export interface GraphSchemas {
  readonly state?: JsonSchema | undefined
  readonly input?: JsonSchema | undefined
  readonly output?: JsonSchema | undefined
  /** Schema of a run's `context`, which LangGraph for JavaScript also uses for `config.configurable`. */
  readonly context?: JsonSchema | undefined
}
