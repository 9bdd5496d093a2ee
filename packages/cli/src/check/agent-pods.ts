import { agentDeployments } from '@hadal/charts/agent-deployments'
import type { Json, RenderedObject } from '@hadal/charts/rendered-object'
import { listAt, recordAt, textAt } from '@hadal/charts/validate/read-json'
import type { Evidence, Missing, Subject } from './checklist-item.ts'
import { inObject } from './evidence.ts'

const containerPath = ['spec', 'template', 'spec', 'containers', 0] as const

/** A Deployment of agent pods and its container that runs the server. */
export interface AgentPods {
  readonly rendered: RenderedObject
  readonly container: Json | undefined
}

/** Finds the rendered Deployments of the environment's agent pods. `missing` lists those that are not rendered. */
export function agentPods({ environment, objects }: Subject): {
  readonly found: AgentPods[]
  readonly missing: Missing[]
} {
  const found: AgentPods[] = []
  const missing: Missing[] = []
  for (const { name, role } of agentDeployments(environment)) {
    const rendered = objects.find((object) => object.kind === 'Deployment' && object.name === name)
    if (rendered)
      found.push({ rendered, container: listAt(rendered.object, ...containerPath.slice(0, 4).map(String))[0] })
    else
      missing.push({
        problem: `There is no Deployment ${name} for the role "${role}".`,
        mend: 'Fix charts/src/components/agent.ts, which renders it.',
      })
  }
  return { found, missing }
}

/** Creates evidence for a checklist item: the place of a field of the server's container in its manifest. */
export const inContainer = (
  subject: Subject,
  { rendered }: AgentPods,
  path: readonly (string | number)[],
  says: string,
): Evidence => inObject(subject, rendered, [...containerPath, ...path], says)

/** An environment variable that all agent pods have. */
export interface ServerVariable {
  /** Value of the environment variable in the first Deployment of agent pods. */
  readonly value: string
  /** Creates evidence for a checklist item: one place per file that sets the variable, i.e. the shared ConfigMap or each Deployment. */
  readonly at: (says: string) => Evidence[]
}

/** Finds a variable of the agent pods, in their containers or their ConfigMap. Undefined if a pod lacks the variable. */
export function serverVariable(subject: Subject, name: string): ServerVariable | undefined {
  const { found } = agentPods(subject)
  const places = found.map((pod) => ofContainer(subject, pod, name) ?? ofSettings(subject, pod, name))
  const values = places.filter((place) => place !== undefined)
  const [first] = values
  if (!first || values.length < found.length) return undefined
  return {
    value: first.value,
    at: (says) => {
      const all = values.map((place) => place.at(says))
      return all.filter((one, index) => all.findIndex(({ file }) => file === one.file) === index)
    },
  }
}

interface Place {
  readonly value: string
  readonly at: (says: string) => Evidence
}

function ofContainer(subject: Subject, pod: AgentPods, name: string): Place | undefined {
  const variables = listAt(pod.container, 'env')
  const index = variables.findIndex((variable) => textAt(variable, 'name') === name)
  const value = textAt(variables[index], 'value')
  return value === undefined ? undefined : { value, at: (says) => inContainer(subject, pod, ['env', index], says) }
}

function ofSettings(subject: Subject, { container }: AgentPods, name: string): Place | undefined {
  const taken = listAt(container, 'envFrom').flatMap((source) => textAt(source, 'configMapRef', 'name') ?? [])
  for (const settings of subject.objects) {
    if (settings.kind !== 'ConfigMap' || !taken.includes(settings.name)) continue
    const value = textAt(settings.object, 'data', name)
    if (value !== undefined) return { value, at: (says) => inObject(subject, settings, ['data', name], says) }
  }
  return undefined
}

/** Index of the volume with which a Deployment's pods mount a Secret. Undefined if they don't mount it. */
export function secretVolume({ rendered, container }: AgentPods, secret: string): number | undefined {
  const volumes = listAt(rendered.object, 'spec', 'template', 'spec', 'volumes')
  const index = volumes.findIndex((volume) => textAt(volume, 'secret', 'secretName') === secret)
  if (index < 0) return undefined
  const name = recordAt(volumes[index]).name
  return listAt(container, 'volumeMounts').some((mount) => recordAt(mount).name === name) ? index : undefined
}

/** Creates the checklist finding for a variable that not all agent pods have. */
export const noVariable = (name: string): Missing => ({
  problem: `Not every agent pod gets ${name}.`,
  mend: 'Add it to charts/src/components/agent/variables.ts.',
})
