import { customKind } from './custom-kind.ts'

/** What we write of Argo CD's kinds; the schema check holds it against the whole definition. */
export interface AppProjectSpec {
  description: string
  sourceRepos: string[]
  destinations: { server: string; namespace: string }[]
  clusterResourceWhitelist: { group: string; kind: string }[]
  namespaceResourceWhitelist: { group: string; kind: string }[]
}

export class AppProject extends customKind<AppProjectSpec>({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AppProject',
}) {}

export interface ApplicationSpec {
  project: string
  source: { repoURL: string; targetRevision: string; path: string }
  destination: { server: string; namespace: string }
  revisionHistoryLimit: number
  syncPolicy: {
    automated: { prune: boolean; selfHeal: boolean; allowEmpty: boolean }
    syncOptions: string[]
    retry: { limit: number; refresh: boolean; backoff: { duration: string; factor: number; maxDuration: string } }
  }
}

export class Application extends customKind<ApplicationSpec>({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
}) {}
