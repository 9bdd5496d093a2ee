/** What we write of Argo CD's kinds; the schema check holds it against the whole definition. */
export interface AppProject {
  apiVersion: 'argoproj.io/v1alpha1'
  kind: 'AppProject'
  spec: {
    description: string
    sourceRepos: string[]
    destinations: { server: string; namespace: string }[]
    clusterResourceWhitelist: { group: string; kind: string }[]
    namespaceResourceWhitelist: { group: string; kind: string }[]
  }
}

export interface Application {
  apiVersion: 'argoproj.io/v1alpha1'
  kind: 'Application'
  spec: {
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
}
