/** Keys of a checkpoint's metadata that LangGraph writes, and the ids by which the server finds checkpoints. */
const reserved: ReadonlySet<string> = new Set([
  'source',
  'step',
  'parents',
  'run_id',
  'thread_id',
  'checkpoint_id',
  'checkpoint_ns',
  'counters_since_delta_snapshot',
  'delta_writes_versioned',
])

/** Whether a key of a run's metadata is not written to the run's checkpoints. A key that begins with `__` is internal to LangGraph. */
export const reservedMetadata = (key: string): boolean => reserved.has(key) || key.startsWith('__')
