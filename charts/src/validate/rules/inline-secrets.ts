import { recordAt } from '../read-json.ts'
import { ofKind, type Rule } from '../subject.ts'

/** Secrets travel by name: a value in a manifest is a value in Git. */
export const inlineSecrets: Rule = (subject) =>
  ofKind(subject, 'Secret').flatMap((rendered) =>
    ['data', 'stringData'].flatMap((field) =>
      // The names of the keys may be shown, never a value.
      Object.keys(recordAt(rendered.object, field)).map((key) => ({
        rendered,
        field: `${field}.${key}`,
        problem: `The value of "${key}" stands in the manifest, so it would stand in Git.`,
        mend: 'Let the store or Pulumi make the Secret, and add the key to packages/platform/src/secret-table.ts.',
      })),
    ),
  )
