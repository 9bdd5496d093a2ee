import type { Component } from '@hadal/platform/names'
import { ApiObject, type Chart } from 'cdk8s'

/**
 * Argo CD's sync waves, within an Application and across Applications: a wave starts when the objects of the wave before are healthy.
 * The AppProject must exist before the Applications that name it.
 */
export const waves = {
  project: -4,
  /** Sync wave of accounts, policies, Secrets and settings. */
  accounts: -3,
  data: -2,
  /** Sync wave of the migration Job: a `Sync` hook, because a `PreSync` hook would run before the Secrets and the database exist. */
  migration: -1,
  workloads: 0,
  /** Sync wave of autoscalers and monitors. */
  scalers: 1,
} as const
export type Wave = keyof typeof waves

/** Components that an Application syncs. The root Application syncs `argocd`. */
export type SyncedComponent = Exclude<Component, 'argocd'>

/** Sync wave of a component's objects, and of the Application that syncs the component. */
export const componentWaves: Readonly<Record<SyncedComponent, Wave>> = {
  tenancy: 'accounts',
  secrets: 'accounts',
  postgres: 'data',
  redis: 'data',
  sandbox: 'data',
  agent: 'workloads',
  observability: 'scalers',
}

/** Kinds whose sync wave differs from the wave of their component. */
const kindWaves: Readonly<Partial<Record<SyncedComponent, Readonly<Record<string, Wave>>>>> = {
  sandbox: { Role: 'accounts', RoleBinding: 'accounts', ResourceQuota: 'accounts' },
  agent: {
    ConfigMap: 'accounts',
    Job: 'migration',
    PodDisruptionBudget: 'scalers',
    HorizontalPodAutoscaler: 'scalers',
    ScaledObject: 'scalers',
  },
}

const annotation = 'argocd.argoproj.io/sync-wave'

export const waveAnnotation = (wave: Wave) => ({ [annotation]: String(waves[wave]) })

/**
 * Annotates every object of a component's chart with its sync wave, so that no construct names one.
 *
 * @throws Error if a construct sets the annotation itself
 */
export function setWaves(chart: Chart, component: SyncedComponent): void {
  for (const construct of chart.node.findAll()) {
    if (!ApiObject.isApiObject(construct)) continue
    const { kind, name, metadata } = construct
    if (annotation in (metadata.toJson().annotations ?? {}))
      throw new Error(
        `${kind} ${name} sets the annotation ${annotation}. The sync wave of ${kind} comes from charts/src/waves.ts; remove the annotation.`,
      )
    const wave = kindWaves[component]?.[kind] ?? componentWaves[component]
    metadata.addAnnotation(annotation, String(waves[wave]))
  }
}

/** Annotation of objects that hold data. Argo CD neither prunes nor deletes these objects; a person does. */
export const keepAnnotation = { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' } as const
