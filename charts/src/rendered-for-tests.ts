import type { Environment } from '@hadal/platform/environment'
import { renderEnvironment } from './render-environment.ts'
import type { RenderedObject } from './rendered-object.ts'

/** One rendered object of an environment, for tests that look at a single decision. */
export function renderedObject(environment: Environment, path: string): RenderedObject {
  const objects = renderEnvironment(environment)
  const found = objects.find((object) => object.path === path)
  if (!found)
    throw new Error(`${path} was not rendered. There are: ${objects.map((object) => object.path).join(', ')}.`)
  return found
}

/** A field of it, by its path; a number is a place in a list. */
export function rendered(environment: Environment, path: string, ...field: (string | number)[]): unknown {
  let value: unknown = renderedObject(environment, path).object
  for (const step of field) {
    if (typeof value !== 'object' || value === null) return undefined
    value = Reflect.get(value, step)
  }
  return value
}
