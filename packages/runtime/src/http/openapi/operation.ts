import type { z } from 'zod'

/** An answer of an operation. */
export interface OperationAnswer {
  readonly description: string
  /** Schema of the answer's JSON body; undefined for an answer without a body, or of another type. */
  readonly schema?: z.ZodType
  /** Media type of a body that is not JSON. */
  readonly type?: 'text/event-stream' | 'text/html'
  /** Descriptions of headers, by name. */
  readonly headers?: Readonly<Record<string, string>>
}

/** An operation of the API, as the OpenAPI document describes it. */
export interface Operation {
  readonly tag: 'Assistants' | 'Threads' | 'Runs on threads' | 'Stateless runs' | 'Store' | 'System'
  readonly summary: string
  readonly description?: string
  /** The schema that validates the query. */
  readonly query?: z.ZodType
  /** The schema that validates the body. */
  readonly body?: z.ZodType
  /** Descriptions of request headers, by name. */
  readonly headers?: Readonly<Record<string, string>>
  /** Answers by status, without the errors. */
  readonly answers: Readonly<Record<number, OperationAnswer>>
  /** Reasons for errors by status, without those that every operation has. */
  readonly errors?: Readonly<Record<number, string>>
}

/** Operations by method and path, such as `GET /threads/{thread_id}`. */
export type Operations = Readonly<Record<string, Operation>>
