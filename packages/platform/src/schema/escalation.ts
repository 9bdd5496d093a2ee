import { z } from 'zod'

/** A text of one line, without characters that would break a table. */
const Line = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^|\r\n`]+$/, 'one line without "|" and backticks')

/** Who is called, and how. Name rotations and teams: a person's name is out of date when it is needed. */
const Contact = z.strictObject({
  who: Line,
  /** How the person is reached: a pager, a channel or a number. */
  contact: Line,
})
export type Contact = z.infer<typeof Contact>

/** Who is called in an incident. The page `on-call.md` of the environment shows it. */
export const Escalation = z.strictObject({
  /** Who is called for an alert with the severity `page`, in order. The last one decides when users are informed, and may accept the loss of data. */
  steps: z
    .array(
      Contact.extend({
        /** Minutes without an answer or a fix after which the next step is called. */
        nextAfterMinutes: z.int().min(1).max(1440).default(15),
      }),
    )
    .default([]),
  /** Where incidents are announced and tracked. */
  announce: Line.optional(),
  /** Who owns what the environment depends on. */
  owners: z
    .strictObject({
      /** The cluster: nodes, network, storage, ingress or Gateway, operators, Argo CD. */
      cluster: Contact.optional(),
      /** PostgreSQL and its backups. */
      database: Contact.optional(),
      /** The source of the Secrets. */
      secrets: Contact.optional(),
      /** The accounts of the model providers. */
      models: Contact.optional(),
    })
    .prefault({}),
})
export type Escalation = z.infer<typeof Escalation>
