/** What YAML and JSON can both say; nothing else ever stands in a manifest. */
export type Json = string | number | boolean | null | readonly Json[] | JsonRecord

/** A field that is undefined is a field that is not there. */
export type JsonRecord = { readonly [field: string]: Json | undefined }

/** A Kubernetes object as plain JSON. What it holds is for the schemas to judge, not for the type. */
export interface KubernetesObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly namespace?: string
    readonly labels?: Readonly<Record<string, string>>
    readonly annotations?: Readonly<Record<string, string>>
    readonly [field: string]: Json | undefined
  }
  readonly [field: string]: Json | undefined
}

/** One object of one environment, as it is written to its own file and reviewed there. */
export interface RenderedObject {
  /** The component that made it, which is its folder: `agent`. */
  readonly component: string
  readonly kind: string
  readonly name: string
  /** Where in the repository a person mends it, from the root: `charts/src/agent/agent.ts`. */
  readonly chartFile: string
  readonly object: KubernetesObject
  /** Below `environments/<env>/manifests/`, with `/` on every system: `agent/Deployment.deep-agents.yaml`. */
  readonly path: string
  /** The whole file: `toYaml(object)`. */
  readonly text: string
}
