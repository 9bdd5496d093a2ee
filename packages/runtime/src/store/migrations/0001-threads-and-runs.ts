export const threadsAndRuns = `
CREATE TABLE hadal.thread (
  thread_id uuid PRIMARY KEY,
  status text NOT NULL DEFAULT 'idle' CHECK (status IN ('idle', 'busy', 'interrupted', 'error')),
  metadata jsonb NOT NULL DEFAULT '{}',
  "values" jsonb,
  -- json instead of jsonb, which would not keep the order of the interrupts.
  interrupts json NOT NULL DEFAULT '{}',
  error jsonb,
  -- Whether the thread belongs to a stateless run: searches omit it, and it is deleted some time after the run's end.
  temporary boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  state_updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX thread_metadata ON hadal.thread USING gin (metadata jsonb_path_ops);
CREATE INDEX thread_interrupted ON hadal.thread (thread_id) WHERE status = 'interrupted';
CREATE INDEX thread_by_time ON hadal.thread (updated_at DESC);

CREATE TABLE hadal.run (
  run_id uuid PRIMARY KEY,
  thread_id uuid NOT NULL REFERENCES hadal.thread ON DELETE CASCADE,
  graph_id text NOT NULL,
  assistant_id uuid NOT NULL,
  status text NOT NULL DEFAULT 'pending'
    CHECK (status IN ('pending', 'running', 'success', 'error', 'timeout', 'interrupted')),
  multitask_strategy text NOT NULL,
  metadata jsonb NOT NULL DEFAULT '{}',
  -- The client's request. json instead of jsonb, which rejects some strings that a message may contain.
  request json NOT NULL,
  -- Number of the current or last attempt: the retry count of pg-boss.
  attempt integer,
  -- Number of starts since the last new checkpoint, the current one included. A start after an orderly return does not count.
  fruitless_starts integer NOT NULL DEFAULT 0,
  checkpoint_at_start text,
  cancel text CHECK (cancel IN ('interrupt', 'rollback')),
  error jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  ended_at timestamptz
);
CREATE INDEX run_of_thread ON hadal.run (thread_id, created_at DESC);
CREATE INDEX run_active ON hadal.run (thread_id, created_at) WHERE status IN ('pending', 'running');

CREATE TABLE hadal.run_event (
  run_id uuid NOT NULL REFERENCES hadal.run ON DELETE CASCADE,
  sequence integer NOT NULL CHECK (sequence > 0),
  event text NOT NULL,
  data text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (run_id, sequence)
);

-- The run that wrote a checkpoint: see store/leased-saver.ts.
CREATE INDEX checkpoints_of_run ON public.checkpoints (thread_id, (metadata->>'run_id'));
`
