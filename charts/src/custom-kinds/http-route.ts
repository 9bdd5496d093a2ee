import { customKind } from './custom-kind.ts'

/** What we write of the Gateway API's kind; the schema check holds it against the whole definition. */
export interface HttpRouteSpec {
  parentRefs: { name: string; namespace: string; sectionName: string }[]
  hostnames: string[]
  rules: {
    matches: { path: { type: 'PathPrefix'; value: string } }[]
    backendRefs: { name: string; port: number }[]
    timeouts: { request: string }
  }[]
}

export class HttpRoute extends customKind<HttpRouteSpec>({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
}) {}
