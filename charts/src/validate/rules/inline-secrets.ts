import type { RenderedObject } from '../../rendered-object.ts'
import type { Finding } from '../manifest-problem.ts'
import { joinPath, recordAt, recordsIn } from '../read-json.ts'
import type { Rule } from '../subject.ts'

/** Rule: no manifest contains the value of a secret, because manifests are in Git. Errors name keys, never values. */
export const inlineSecrets: Rule = ({ objects }) =>
  objects.flatMap((rendered) => (rendered.kind === 'Secret' ? inSecret(rendered) : anywhere(rendered)))

const mend = 'Let the store or Pulumi make the Secret, and add the key to packages/platform/src/secret-table.ts.'

function inSecret(rendered: RenderedObject): Finding[] {
  return ['data', 'stringData'].flatMap((field) =>
    Object.keys(recordAt(rendered.object, field)).map((key) => ({
      rendered,
      field: joinPath(field, key),
      problem: `The manifest contains the value of "${key}", which would be in Git.`,
      mend,
    })),
  )
}

/** Patterns of secret values. */
const looks: Readonly<Record<string, RegExp>> = {
  'a private key': /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  'an address with a password': /[a-z]:\/\/[^\s/:@]*:[^\s/@{}$]+@/,
  'a Fernet token': /\bgAAAAA[\w-]{60,}/,
  'an API key': /\b(sk-[\w-]{20,}|AKIA[0-9A-Z]{16}|gh[pousr]_\w{30,}|lsv2_\w{20,})/,
}

function anywhere(rendered: RenderedObject): Finding[] {
  const what = Object.entries(looks).filter(([, look]) => look.test(rendered.text))
  if (what.length === 0) return []
  return recordsIn(rendered.object).flatMap(([record, path]) =>
    Object.entries(record).flatMap(([key, value]) => {
      const values = [value].flat().filter((it) => typeof it === 'string')
      return what
        .filter(([, look]) => values.some((it) => look.test(it)))
        .map(([name]) => ({ rendered, field: joinPath(path, key), problem: `The value looks like ${name}.`, mend }))
    }),
  )
}
