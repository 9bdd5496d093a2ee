/** A JSON value: the only values in a manifest. */
export type Json = string | number | boolean | null | readonly Json[] | JsonRecord

/** A JSON object. An undefined field counts as absent. */
export type JsonRecord = { readonly [field: string]: Json | undefined }

/** A Kubernetes object as plain JSON. Schemas check its fields, this type does not. */
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

/** One rendered object of an environment, and its file. */
export interface RenderedObject {
  /** Name of the component that renders the object, and of its folder: `agent`. */
  readonly component: string
  readonly kind: string
  readonly name: string
  /** Path of the chart's source file, relative to the repository's root: `charts/src/components/agent.ts`. */
  readonly chartFile: string
  readonly object: KubernetesObject
  /** Path of the rendered object's file below `environments/<env>/manifests/`, with `/` on every system: `agent/Deployment.deep-agents.yaml`. */
  readonly path: string
  /** Content of the rendered object's file: `toYaml(object)`. */
  readonly text: string
}
