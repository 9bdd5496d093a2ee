/** The keywords of JSON Schema that the generated files use. */
export interface JsonSchema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | JsonSchema
  readonly items?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly allOf?: readonly JsonSchema[]
  readonly not?: JsonSchema
  readonly [keyword: string]: unknown
}

/** One generated file: definitions that refer to each other by `#/definitions/<name>`. */
export interface SchemaFile {
  /** Comment with the sources of a generated schema file. */
  readonly $comment: string
  /** Names of definitions by `apiVersion/kind`. */
  readonly kinds: Readonly<Record<string, string>>
  readonly definitions: Readonly<Record<string, JsonSchema>>
}
