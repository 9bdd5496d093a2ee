import { z } from 'zod'
import { defaultTenant } from '../store/scope.ts'
import { checkedName } from './checked-options.ts'
import type { GivenArguments } from './find-command.ts'

/** A user of a tenant, or a thread. */
export type Subject =
  | { readonly kind: 'user'; readonly tenant: string; readonly user: string }
  | { readonly kind: 'thread'; readonly threadId: string }

/** @throws Error with one sentence about an option that is missing or invalid */
export function givenSubject({ options }: GivenArguments): Subject {
  const [user, tenant, thread] = [options.get('user'), options.get('tenant'), options.get('thread')]
  if ((user === undefined) === (thread === undefined))
    throw new Error('Give either --user, such as --user ada, or --thread with the id of a thread.')
  if (user !== undefined)
    return {
      kind: 'user',
      tenant: checkedName('--tenant', tenant ?? defaultTenant),
      user: checkedName('--user', user),
    }
  if (tenant !== undefined) throw new Error('--tenant belongs to --user: the id of a thread suffices. Leave it out.')
  const id = z.uuid().safeParse(thread)
  if (!id.success) throw new Error(`--thread is "${thread}", which is not the id of a thread.`)
  return { kind: 'thread', threadId: id.data.toLowerCase() }
}

/** Returns the subject for a message. */
export const nameOf = (subject: Subject): string =>
  subject.kind === 'user' ? `user "${subject.user}" of tenant "${subject.tenant}"` : `thread ${subject.threadId}`

/** Error for a subject of which the database keeps nothing. */
export const nothingKept = (subject: Subject): Error =>
  new Error(
    subject.kind === 'user'
      ? `The database keeps nothing of ${nameOf(subject)}. Check the name, and give --tenant for another tenant than "${defaultTenant}".`
      : `There is no ${nameOf(subject)}.`,
  )
