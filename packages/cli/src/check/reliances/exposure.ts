import { textAt } from '@hadal/charts/validate/read-json'
import { acmeSolver, gatewayListener } from '@hadal/platform/names'
import type { Subject } from '../checklist-item.ts'
import { inConfig, inObject } from '../evidence.ts'
import { inFirst, type Reliance, relianceOn } from './reliance.ts'

/** What an environment needs so that clients reach its API: a Gateway, an Ingress controller with an issuer, or the clients' namespaces. */
export function exposureReliances(subject: Subject): Reliance[] {
  const { exposure } = subject.environment
  switch (exposure.kind) {
    case 'internal':
      return exposure.clientNamespaces.flatMap((name) =>
        relianceOn(
          `Namespace ${name}, whose pods call the API`,
          'cluster',
          inConfig(subject, ['exposure', 'clientNamespaces'], 'exposure'),
        ),
      )
    case 'gateway':
      return [...gatewayReliances(subject, exposure), ...dnsRecord(subject, exposure.host)]
    case 'ingress':
      return [...ingressReliances(subject, exposure), ...dnsRecord(subject, exposure.host)]
  }
}

type Exposure<Kind> = Extract<Subject['environment']['exposure'], { kind: Kind }>

const dnsRecord = (subject: Subject, host: string): Reliance[] =>
  relianceOn(`A DNS record of ${host}`, 'outside', inConfig(subject, ['exposure', 'host'], 'exposure.host'))

function gatewayReliances(subject: Subject, exposure: Exposure<'gateway'>): Reliance[] {
  const { name, namespace } = exposure.gateway
  const { namespace: own } = subject.environment
  const listener = `listener "${gatewayListener(exposure)}"`
  const route = inFirst(subject, 'HTTPRoute', ['spec', 'parentRefs'])
  return [
    ...relianceOn(
      `Gateway ${namespace}/${name} with a ${listener}${exposure.tls ? ' that ends TLS' : ' without TLS'}`,
      'cluster',
      route,
    ),
    ...relianceOn(
      `A Gateway controller whose pods connect from namespace ${namespace}, and a ${listener} that allows routes of namespace ${own}`,
      'cluster',
      route,
    ),
    ...(exposure.tls
      ? relianceOn(
          `A certificate of ${exposure.host} in the Gateway's listener; an ACME challenge for it runs in namespace ${namespace}, not in this environment`,
          'cluster',
          route,
        )
      : []),
  ]
}

function ingressReliances(subject: Subject, exposure: Exposure<'ingress'>): Reliance[] {
  const { className, controllerNamespace, host, issuer } = exposure
  const certificate = subject.objects.find(
    ({ kind, object }) => kind === 'Certificate' && textAt(object, 'spec', 'issuerRef', 'name') === issuer.name,
  )
  const solver = subject.objects.find(({ kind, name }) => kind === 'NetworkPolicy' && name === acmeSolver.name)
  return [
    ...relianceOn(
      `An Ingress controller for class ${className}, in namespace ${controllerNamespace}`,
      'cluster',
      inFirst(subject, 'Ingress', ['spec', 'ingressClassName']),
    ),
    ...relianceOn(
      `${issuer.kind} ${issuer.name}`,
      'cluster',
      certificate && inObject(subject, certificate, ['spec', 'issuerRef'], `the certificate of ${host}`),
    ),
    ...relianceOn(
      `If ${issuer.kind} ${issuer.name} is an ACME issuer with http01: cert-manager's default resources for the solver's pod, which only namespace ${controllerNamespace} reaches, at port ${acmeSolver.port}`,
      'cluster',
      solver && inObject(subject, solver, ['spec', 'ingress'], 'the opening for the solver'),
    ),
  ]
}
