import { selectorMeets, selectorText } from '@hadal/charts/validate/label-selector'
import { at } from '@hadal/charts/validate/read-json'
import type { Danger, DangerRule } from '../compared.ts'
import { covers, directionsOf, openingsOf, openingText, selectorCovers } from '../network-openings.ts'
import { podTemplate } from '../pod-template.ts'

/** Finds network traffic of pods that was blocked and becomes allowed. */
export const widerNetwork: DangerRule = ({ kind, before, after }, sides) => {
  if (kind !== 'NetworkPolicy') return []
  const policies = (objects: typeof sides.before) => objects.filter((object) => object.kind === 'NetworkPolicy')
  const pods = at(after ?? before, 'spec', 'podSelector')
  const podsIn = (objects: typeof sides.before) =>
    objects.flatMap((object) => podTemplate(object) ?? []).filter(({ labels }) => selectorMeets(pods, labels))

  const dangers: Danger[] = []
  // A policy that comes with new pods opens nothing for existing pods.
  if (after && (before || podsIn(sides.before).length > 0)) {
    const known = policies(sides.before).flatMap(openingsOf)
    const fresh = openingsOf(after).filter((opening) => !known.some((wide) => covers(wide, opening)))
    for (const direction of ['Ingress', 'Egress'] as const) {
      const list = fresh.filter((opening) => opening.direction === direction).map(openingText)
      if (list.length === 0) continue
      const what = `Newly allowed for pods (${selectorText(pods)}): ${list.join('; ')}.`
      dangers.push({ field: `spec.${direction.toLowerCase()}`, what, why: 'This traffic was blocked before.' })
    }
  }
  if (before) {
    for (const direction of directionsOf(before)) {
      const closed = policies(sides.after).some(
        (policy) =>
          directionsOf(policy).includes(direction) &&
          selectorCovers(at(policy, 'spec', 'podSelector'), at(before, 'spec', 'podSelector')),
      )
      if (closed || (podsIn(sides.after).length === 0 && !after)) continue
      dangers.push({
        field: after ? 'spec.policyTypes' : '',
        what: `The ${direction.toLowerCase()} of pods (${selectorText(at(before, 'spec', 'podSelector'))}) is no longer restricted by any policy.`,
        why: 'Without a policy for a direction, all traffic in that direction is allowed.',
      })
    }
  }
  return dangers
}
