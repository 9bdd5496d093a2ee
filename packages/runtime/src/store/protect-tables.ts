import pg from 'pg'
import { applyStatements } from './apply-statements.ts'

interface Policy {
  readonly table: string
  readonly name: string
  readonly rule: string
}

interface SecuredTable {
  readonly name: string
  /** Whether row-level security is enabled. */
  readonly secured: boolean
  /** Whether the table has the column `tenant`. */
  readonly tenant: boolean
  readonly policies: readonly string[]
  /** Roles of the policy for all rows. */
  readonly loops: readonly string[]
}

/** Name of the policy for all rows. */
const ofLoops = 'of_loops'
/** SQL condition of a row that belongs to the tenant of the transaction. Without a tenant it is never true. */
const ofTenant = "tenant = nullif(current_setting('hadal.tenant', true), '')"

/** Policies besides the one of the tenant, which each table with the column `tenant` has. */
const exceptions: readonly Policy[] = [
  // Tables of all tenants, without data of any: the process that executes runs, and the version of the schema.
  { table: 'instance', name: 'read', rule: 'FOR SELECT USING (true)' },
  { table: 'migration', name: 'read', rule: 'FOR SELECT USING (true)' },
  // The tenant of a request is known only after its key was found. The lookup names the ids of the keys that it may read.
  {
    table: 'api_key',
    name: 'by_id',
    rule: "FOR SELECT USING (key_id = ANY (string_to_array(current_setting('hadal.key_ids', true), ',')))",
  },
]

/**
 * Enables row-level security on every table of the schema `hadal`, and creates its policies. A table without the column `tenant` is closed to all but
 * its owner and the role of the loops, unless {@link exceptions} opens it. Changes nothing where they exist.
 *
 * @param loops name of the role that sees the rows of all tenants; undefined for every role: row-level security then hides nothing
 */
export async function protectTables(client: pg.Client, loops: string | undefined): Promise<void> {
  const { rows: tables } = await client.query<SecuredTable>(
    `SELECT relname AS name, relrowsecurity AS secured,
       EXISTS (SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = 'tenant' AND NOT attisdropped) AS tenant,
       ARRAY(SELECT polname::text FROM pg_policy WHERE polrelid = pg_class.oid) AS policies,
       ARRAY(SELECT coalesce(pg_roles.rolname, 'public')::text FROM pg_policy CROSS JOIN unnest(polroles) AS of_role
         LEFT JOIN pg_roles ON pg_roles.oid = of_role WHERE polrelid = pg_class.oid AND polname = '${ofLoops}') AS loops
     FROM pg_class WHERE relnamespace = 'hadal'::regnamespace AND relkind IN ('r', 'p') ORDER BY relname`,
  )
  for (const table of tables) {
    const statements = [...missingPolicies(table), ...opened(table, loops)]
    if (!table.secured) statements.push(`ALTER TABLE hadal.${table.name} ENABLE ROW LEVEL SECURITY`)
    if (statements.length > 0) await applyStatements(client, statements)
  }
}

function missingPolicies({ name, tenant, policies }: SecuredTable): string[] {
  const wanted = [
    ...(tenant ? [{ name: 'of_tenant', rule: `USING (${ofTenant})` }] : []),
    ...exceptions.filter(({ table }) => table === name),
  ]
  return wanted
    .filter((policy) => !policies.includes(policy.name))
    .map((policy) => `CREATE POLICY ${policy.name} ON hadal.${name} ${policy.rule}`)
}

/** Statements that open a table to the role of the loops, and to no other role. */
function opened({ name, loops: now }: SecuredTable, loops: string | undefined): string[] {
  if (now.length === 1 && now[0] === (loops ?? 'public')) return []
  const role = loops === undefined ? 'PUBLIC' : pg.escapeIdentifier(loops)
  return [
    `DROP POLICY IF EXISTS ${ofLoops} ON hadal.${name}`,
    `CREATE POLICY ${ofLoops} ON hadal.${name} TO ${role} USING (true)`,
  ]
}
