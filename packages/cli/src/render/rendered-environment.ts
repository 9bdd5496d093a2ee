import { renderEnvironment } from '@hadal/charts/render-environment'
import type { RenderedObject } from '@hadal/charts/rendered-object'
import { manifestProblemSentence } from '@hadal/charts/validate/manifest-problem'
import { validateManifests } from '@hadal/charts/validate/validate-manifests'
import type { Environment } from '@hadal/platform/environment'

/** An environment as it is rendered in memory; nothing is written. */
export interface RenderedEnvironment {
  readonly name: string
  /** Empty where the charts could not render it. */
  readonly objects: readonly RenderedObject[]
  /** Sentences, one a problem; empty where every object is right. */
  readonly problems: readonly string[]
}

/** Renders an environment and validates every object of it. What the charts refuse is a problem like any other. */
export function renderedEnvironment(environment: Environment): RenderedEnvironment {
  const { name } = environment
  try {
    const objects = renderEnvironment(environment)
    return { name, objects, problems: validateManifests(environment, objects).map(manifestProblemSentence) }
  } catch (error) {
    return { name, objects: [], problems: [`environments/${name}: ${error instanceof Error ? error.message : error}`] }
  }
}
