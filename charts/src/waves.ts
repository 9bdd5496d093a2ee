/**
 * Argo CD's order, inside an Application and across them: a wave starts when the objects of the one before are healthy.
 * The AppProject must stand before the Applications that name it.
 */
export const waves = {
  project: -4,
  /** Accounts, policies, Secrets, settings. */
  accounts: -3,
  data: -2,
  /** The migration Job. It is a `Sync` hook: a `PreSync` hook runs before every wave, when there is no Secret and no database yet. */
  migration: -1,
  workloads: 0,
  /** Scalers and monitors. */
  scalers: 1,
} as const
export type Wave = keyof typeof waves

export const waveAnnotation = (wave: Wave) => ({ 'argocd.argoproj.io/sync-wave': String(waves[wave]) })

/** What holds data: Argo CD neither prunes nor deletes it; a person does. */
export const keepAnnotation = { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' } as const
