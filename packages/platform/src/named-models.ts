import type { Models } from './schema/models.ts'

/** A model that the configuration names, with the path of its field, e.g. `models.routing.simple`. */
export interface NamedModel {
  readonly path: string
  readonly model: string
}

/** All models that an environment may call: the default, the fallbacks and the models of the routing, in this order. */
export function namedModels({ default: standard, fallbacks, routing }: Models): NamedModel[] {
  return [
    { path: 'models.default', model: standard },
    ...fallbacks.map((model, index) => ({ path: `models.fallbacks[${index}]`, model })),
    ...(['simple', 'standard', 'complex'] as const).flatMap((tier) =>
      routing ? [{ path: `models.routing.${tier}`, model: routing[tier] }] : [],
    ),
  ]
}
