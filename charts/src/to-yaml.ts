import { Document, Scalar, visit } from 'yaml'
import type { KubernetesObject } from './rendered-object.ts'

/**
 * What some reader of YAML takes for something else than a string, beyond what YAML 1.1 itself lists: numbers, dates and
 * times in any version's spelling (`0o17`, `1_000`, `12:30`), the value key and the merge key.
 */
const readAsSomethingElse = /^(?:[-+]?\.?[0-9][0-9a-fA-FxXoO_.:eE+-]*|=|<<)$/

/** Unicode's own line breaks and its byte order mark: readers of YAML 1.1 and 1.2 disagree about them even in quotes. */
const readAsLineBreak = /[\u0085\u2028\u2029\uFEFF]/

/**
 * The object as the text of its file: keys in the order in which the chart wrote them, strings quoted as YAML 1.1 needs
 * it (Kubernetes' own readers are of that age), `\n` at every end. The same bytes on every machine, time zone and locale.
 *
 * @throws Error for a string that no two readers take for the same
 */
export function toYaml(object: KubernetesObject): string {
  const document = new Document(object, { version: '1.1', aliasDuplicateObjects: false })
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value !== 'string') return
      if (readAsSomethingElse.test(node.value)) node.type = Scalar.QUOTE_DOUBLE
      if (readAsLineBreak.test(node.value)) {
        const { kind, metadata } = object
        throw new Error(
          `${kind} ${metadata.name} holds a string with a line separator or byte order mark (${JSON.stringify(node.value.slice(0, 80))}), which some readers of YAML take for a line break or nothing. Leave it out.`,
        )
      }
    },
  })
  // Folded lines would make a long value change in many places of a review; the directive `%YAML` is no use to anyone.
  return document.toString({ lineWidth: 0, directives: false })
}
