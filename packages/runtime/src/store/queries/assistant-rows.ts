import { type Scope, visibleAssistants } from '../scope.ts'
import type { Queryable } from '../transaction.ts'

/** Contents of one version of an assistant. */
export interface AssistantVersionRow {
  readonly assistant_id: string
  readonly version: number
  readonly graph_id: string
  readonly name: string
  readonly description: string | null
  readonly config: Record<string, unknown>
  readonly context: Record<string, unknown>
  readonly metadata: Record<string, unknown>
  readonly created_at: Date
}

/** An assistant with the contents of its current version. */
export interface AssistantRow extends AssistantVersionRow {
  /** Whether the assistant is the one of a graph in langgraph.json. */
  readonly system: boolean
  readonly updated_at: Date
}

/** Identifies an assistant of a tenant. */
export interface AssistantKey {
  readonly tenant: string
  readonly assistantId: string
}

/** Identifies an assistant among those that a scope sees. */
export interface VisibleAssistant {
  readonly scope: Scope
  readonly assistantId: string
}

const contents = 'graph_id, name, description, config, context, metadata'
export const assistantColumns = `assistant_id, version, ${contents}, system, assistant.created_at, updated_at`
/** Joins each assistant with its current version. */
export const currentAssistants =
  'hadal.assistant AS assistant JOIN hadal.assistant_version AS contents USING (tenant, assistant_id, version)'

/** Returns an assistant that is not being deleted. */
export async function findAssistant(
  database: Queryable,
  { scope, assistantId }: VisibleAssistant,
): Promise<AssistantRow | undefined> {
  const values: unknown[] = [assistantId]
  const { rows } = await database.query<AssistantRow>(
    `SELECT ${assistantColumns} FROM ${currentAssistants}
     WHERE assistant_id = $1 AND deleting_since IS NULL AND ${visibleAssistants(scope, values)}`,
    values,
  )
  return rows[0]
}

/**
 * Prevents the deletion of an assistant until the end of the transaction.
 *
 * @returns whether the assistant exists and is not being deleted
 */
export async function holdAssistant(database: Queryable, { scope, assistantId }: VisibleAssistant): Promise<boolean> {
  const values: unknown[] = [assistantId]
  const { rowCount } = await database.query(
    `SELECT FROM hadal.assistant WHERE assistant_id = $1 AND deleting_since IS NULL AND ${visibleAssistants(scope, values)}
     FOR KEY SHARE`,
    values,
  )
  return rowCount === 1
}

/** Contents of a new assistant; `config`, `context` and `metadata` are JSON text. */
export interface NewAssistant extends AssistantKey {
  /** User who makes the assistant; null without sign-in. */
  readonly owner: string | null
  readonly graphId: string
  readonly name: string
  readonly description: string | null
  readonly config: string
  readonly context: string
  readonly metadata: string
}

/** Inserts an assistant with version 1. @returns whether its id was free */
export async function insertAssistant(database: Queryable, assistant: NewAssistant): Promise<boolean> {
  const { rowCount } = await database.query(
    `WITH inserted AS (
       INSERT INTO hadal.assistant (tenant, assistant_id, owner) VALUES ($1, $2, $10)
       ON CONFLICT DO NOTHING RETURNING tenant, assistant_id, owner)
     INSERT INTO hadal.assistant_version (tenant, assistant_id, version, owner, graph_id, name, lower_name, description, config, context, metadata)
     SELECT tenant, assistant_id, 1, owner, $3, $4, $5, $6, $7, $8, $9 FROM inserted`,
    [
      assistant.tenant,
      assistant.assistantId,
      assistant.graphId,
      assistant.name,
      assistant.name.toLowerCase(),
      assistant.description,
      assistant.config,
      assistant.context,
      assistant.metadata,
      assistant.owner,
    ],
  )
  return rowCount === 1
}

/** Changes of an assistant; an undefined field keeps its value. `config`, `context` and `metadata` are JSON text, and `metadata` is merged. */
export interface AssistantChanges {
  readonly graphId?: string | undefined
  readonly name?: string | undefined
  readonly description?: string | undefined
  readonly config?: string | undefined
  readonly context?: string | undefined
  readonly metadata?: string | undefined
}

/**
 * Adds a version with the changed contents of the current version, and makes it the current one. The caller's transaction must hold the row's lock:
 * see {@link lockAssistant}.
 */
export async function insertAssistantVersion(
  database: Queryable,
  { tenant, assistantId }: AssistantKey,
  changes: AssistantChanges,
): Promise<void> {
  await database.query(
    `WITH numbered AS (
       UPDATE hadal.assistant AS assistant SET newest_version = before.newest_version + 1, version = before.newest_version + 1, updated_at = clock_timestamp()
       FROM hadal.assistant AS before
       WHERE assistant.tenant = $1 AND assistant.assistant_id = $2 AND before.tenant = $1 AND before.assistant_id = $2
       RETURNING before.version AS from_version, assistant.version AS to_version)
     INSERT INTO hadal.assistant_version (tenant, assistant_id, version, owner, graph_id, name, lower_name, description, config, context, metadata)
     SELECT tenant, assistant_id, to_version, owner, coalesce($3, graph_id), coalesce($4, name), coalesce($5, lower_name),
       coalesce($6, description), coalesce($7::jsonb, config), coalesce($8::jsonb, context), metadata || coalesce($9::jsonb, '{}')
     FROM hadal.assistant_version JOIN numbered ON version = from_version WHERE tenant = $1 AND assistant_id = $2`,
    [
      tenant,
      assistantId,
      changes.graphId,
      changes.name,
      changes.name?.toLowerCase(),
      changes.description,
      changes.config,
      changes.context,
      changes.metadata,
    ],
  )
}

/** Locks an assistant that is not being deleted, so that no other transaction changes it, and returns it. */
export async function lockAssistant(database: Queryable, key: VisibleAssistant): Promise<AssistantRow | undefined> {
  const values: unknown[] = [key.assistantId]
  await database.query(
    `SELECT FROM hadal.assistant WHERE assistant_id = $1 AND ${visibleAssistants(key.scope, values)} FOR NO KEY UPDATE`,
    values,
  )
  // A statement of its own: the one with the lock would return the version from before it waited.
  return findAssistant(database, key)
}

/** Makes a version of an assistant the current one. @returns whether the assistant has this version */
export async function setCurrentVersion(
  database: Queryable,
  { tenant, assistantId }: AssistantKey,
  version: number,
): Promise<boolean> {
  const { rowCount } = await database.query(
    `UPDATE hadal.assistant SET version = $3, updated_at = clock_timestamp()
     WHERE tenant = $1 AND assistant_id = $2 AND deleting_since IS NULL AND EXISTS (
       SELECT FROM hadal.assistant_version WHERE tenant = $1 AND assistant_id = $2 AND version = $3)`,
    [tenant, assistantId, version],
  )
  return rowCount === 1
}

/** Lists versions of an assistant, the newest first. */
export async function listAssistantVersions(
  database: Queryable,
  { tenant, assistantId }: AssistantKey,
  page: { readonly metadata: string; readonly limit: number; readonly offset: number },
): Promise<AssistantVersionRow[]> {
  const { rows } = await database.query<AssistantVersionRow>(
    `SELECT assistant_id, version, ${contents}, created_at FROM hadal.assistant_version
     WHERE tenant = $1 AND assistant_id = $2 AND metadata @> $3 ORDER BY version DESC LIMIT $4 OFFSET $5`,
    [tenant, assistantId, page.metadata, page.limit, page.offset],
  )
  return rows
}

/** A graph of langgraph.json with the id of its own assistant. */
export interface GraphAssistant {
  readonly assistantId: string
  readonly graphId: string
  readonly description: string | null
}

/** Inserts the assistants of graphs, and updates the descriptions of those that exist. A deletion of one of them that has begun is given up. */
export async function upsertGraphAssistants(
  database: Queryable,
  tenant: string,
  graphs: readonly GraphAssistant[],
): Promise<void> {
  await database.query(
    `WITH graph AS (
       SELECT * FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) AS one (assistant_id, graph_id, lower_name, description)),
     inserted AS (
       INSERT INTO hadal.assistant AS old (tenant, assistant_id, system) SELECT $1, assistant_id, true FROM graph
       ON CONFLICT (tenant, assistant_id) DO UPDATE SET deleting_since = NULL WHERE old.system AND old.deleting_since IS NOT NULL)
     INSERT INTO hadal.assistant_version AS known (tenant, assistant_id, version, graph_id, name, lower_name, description, metadata)
     SELECT $1, assistant_id, 1, graph_id, graph_id, lower_name, description, '{"created_by": "system"}' FROM graph
     ON CONFLICT (tenant, assistant_id, version) DO UPDATE SET description = excluded.description
     WHERE known.graph_id = excluded.graph_id AND known.metadata = excluded.metadata
       AND known.description IS DISTINCT FROM excluded.description`,
    [
      tenant,
      graphs.map(({ assistantId }) => assistantId),
      graphs.map(({ graphId }) => graphId),
      graphs.map(({ graphId }) => graphId.toLowerCase()),
      graphs.map(({ description }) => description),
    ],
  )
}
