import { renderEnvironment } from '@hadal/charts/render-environment'
import type { RenderedObject } from '@hadal/charts/rendered-object'
import { manifestProblemSentence } from '@hadal/charts/validate/manifest-problem'
import { validateManifests } from '@hadal/charts/validate/validate-manifests'
import type { Environment } from '@hadal/platform/environment'
import { onCallPage } from './on-call-page.ts'

/** An environment rendered in memory. */
export interface RenderedEnvironment {
  readonly name: string
  /** The rendered objects. Empty if the charts could not render the environment. */
  readonly objects: readonly RenderedObject[]
  /** Text of the page for the person on call. */
  readonly onCall: string
  /** Problems of the rendered objects, as sentences. Empty if all objects are valid. */
  readonly problems: readonly string[]
}

/** Renders an environment in memory and validates all objects. An error of the charts becomes a problem. */
export function renderedEnvironment(environment: Environment): RenderedEnvironment {
  const { name } = environment
  try {
    const objects = renderEnvironment(environment)
    return {
      name,
      objects,
      onCall: onCallPage(environment),
      problems: validateManifests(environment, objects).map(manifestProblemSentence),
    }
  } catch (error) {
    return {
      name,
      objects: [],
      onCall: '',
      problems: [`environments/${name}: ${error instanceof Error ? error.message : error}`],
    }
  }
}
