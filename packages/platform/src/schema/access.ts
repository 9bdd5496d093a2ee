import { z } from 'zod'
import { Destination } from './destination.ts'

/**
 * Rights of a caller in its tenant. `read`: read what it may see. `run`: make, change, run and delete what is its own. `approve`: answer questions about
 * tool calls. `administer`: everything of the tenant.
 */
export const roles = ['read', 'run', 'approve', 'administer'] as const
export const Role = z.enum(roles)
export type Role = z.infer<typeof Role>

/** Signature algorithms of tokens. Those with a shared secret are not among them: the issuer alone can sign. */
const signatureAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
] as const

const issuerError = 'an address that begins with https://, or an http address of this machine'
/** Address of an issuer. Its documents decide who is let in, so they must not come over an unprotected network. */
const Issuer = z
  .url({ protocol: /^https?$/, error: issuerError, abort: true })
  .refine(
    (address) => /^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$))/.test(address),
    issuerError,
  )

/** Fields of every kind of sign-in. */
const signIn = {
  /**
   * Who sees the threads, assistants and items of a user. `none`: the user, callers with the role `approve` while an answer is waited for, and
   * administrators. `tenant`: all callers of the tenant. With `custom` it applies only to calls of agents to their own server: of other requests the handlers
   * decide.
   */
  share: z.enum(['none', 'tenant']).default('none'),
  /** Whether the user whose run asks a question about a tool call may not answer it. */
  approvalByOthers: z.boolean().default(false),
}

/** How callers of the API sign in. */
export const Access = z.discriminatedUnion('kind', [
  /** Without sign-in: every caller may do everything. */
  z.strictObject({ kind: z.literal('open') }),
  /** By keys that `hadal-runtime keys` makes. */
  z.strictObject({
    kind: z.literal('api-keys'),
    ...signIn,
    /** How long in seconds a verified key is accepted while the database is away. 0: not at all. */
    trustSeconds: z.int().min(0).max(300).default(60),
  }),
  /** By tokens of an OpenID Connect issuer (JWT). */
  z.strictObject({
    kind: z.literal('oidc'),
    /** Address of the issuer, exactly as the field `issuer` of its discovery document has it. */
    issuer: Issuer,
    /**
     * Destination of the connections to the issuer and to the host of its keys (`jwks_uri`). Default: public addresses at port 443. The server does not read
     * this field: it is for the NetworkPolicy only.
     */
    destination: Destination.optional(),
    /** The value that the claim `aud` must have. */
    audience: z.string().min(1),
    algorithms: z.array(z.enum(signatureAlgorithms)).min(1).default(['RS256']),
    /** Accepted difference between the clocks of issuer and server. */
    clockSkewSeconds: z.int().min(0).max(300).default(30),
    /** Names of claims. */
    claims: z
      .strictObject({
        user: z.string().min(1).default('sub'),
        /** Claim with the tenant. Default: all users share one tenant. */
        tenant: z.string().min(1).optional(),
        /** Claim with a role, or a list of roles. Default: every user has `defaultRoles`. */
        roles: z.string().min(1).optional(),
      })
      .prefault({}),
    /** Roles of each value of the claim `claims.roles`. Default: a value is the name of a role. */
    roles: z.record(z.string(), z.array(Role)).optional(),
    /** Roles of a user whose token has no claim `claims.roles`. */
    defaultRoles: z.array(Role).default(['read', 'run']),
    ...signIn,
  }),
  /** By the author's own `Auth` (`auth.path` of langgraph.json). */
  z.strictObject({
    kind: z.literal('custom'),
    /** Field of the user object with the tenant. */
    tenantField: z.string().min(1).default('tenant'),
    ...signIn,
  }),
])
export type Access = z.infer<typeof Access>
