/** What we write of the Gateway API's kind; the schema check holds it against the whole definition. */
export interface HttpRoute {
  apiVersion: 'gateway.networking.k8s.io/v1'
  kind: 'HTTPRoute'
  spec: {
    parentRefs: { name: string; namespace: string; sectionName: string }[]
    hostnames: string[]
    rules: {
      matches: { path: { type: 'PathPrefix'; value: string } }[]
      backendRefs: { name: string; port: number }[]
      timeouts: { request: string }
    }[]
  }
}
