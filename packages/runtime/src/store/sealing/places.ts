import type { SealedPlace } from './seals.ts'

/** Key of a row of `checkpoint_blobs`, with the tenant of its thread and the type of the value before it was sealed. */
export interface BlobKey {
  readonly tenant: string
  readonly thread: string
  readonly namespace: string
  readonly channel: string
  readonly version: string
  readonly type: string
}

/** Key of a row of `checkpoint_writes`, with the tenant of its thread, its channel and the type of the value before it was sealed. */
export interface WriteKey extends Omit<BlobKey, 'version'> {
  readonly checkpoint: string
  readonly task: string
  readonly index: string
}

/** The sealed columns of the schema `hadal` and of the saver's tables. `docs/encryption.md` has every column. */
export const places = {
  runRequest: (tenant: string, runId: string): SealedPlace => ['hadal.run.request', tenant, runId],
  runError: (tenant: string, runId: string): SealedPlace => ['hadal.run.error', tenant, runId],
  threadValues: (tenant: string, threadId: string): SealedPlace => ['hadal.thread.values', tenant, threadId],
  threadInterrupts: (tenant: string, threadId: string): SealedPlace => ['hadal.thread.interrupts', tenant, threadId],
  threadError: (tenant: string, threadId: string): SealedPlace => ['hadal.thread.error', tenant, threadId],
  event: (tenant: string, runId: string, sequence: number, event: string): SealedPlace => [
    'hadal.run_event.data',
    tenant,
    runId,
    String(sequence),
    event,
  ],
  item: (tenant: string, namespace: readonly string[], key: string): SealedPlace => [
    'hadal.store_item.value',
    tenant,
    key,
    ...namespace,
  ],
  blob: (of: BlobKey): SealedPlace => [
    'public.checkpoint_blobs.blob',
    of.tenant,
    of.thread,
    of.namespace,
    of.channel,
    of.version,
    of.type,
  ],
  write: (of: WriteKey): SealedPlace => [
    'public.checkpoint_writes.blob',
    of.tenant,
    of.thread,
    of.namespace,
    of.checkpoint,
    of.task,
    of.index,
    of.channel,
    of.type,
  ],
  /** Encrypted also if `encryption` is `off`. */
  runCredentials: (tenant: string, runId: string): SealedPlace => ['hadal.run_credentials.sealed', tenant, runId],
}
