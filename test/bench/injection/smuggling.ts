import { smuggledForms } from '@hadal/middleware/fixtures/smuggled-forms'
import { findInjections } from '@hadal/middleware/input-validation/find-injections'
import { rules } from '@hadal/middleware/input-validation/rules'

/** Number of found phrases and number of all phrases, by the form in which they were hidden. */
export type Smuggling = ReadonlyMap<string, { readonly found: number; readonly all: number }>

/** Seeds of the variants in which a hidden phrase is written. */
const salts = [0, 1, 2, 3, 5, 8, 13, 21]

/** Searches for each rule's example phrases of plain letters, in every form, inside parts of ordinary documents. */
export function smuggling(documents: readonly string[]): Smuggling {
  const phrases = rules.flatMap(({ id, patterns, examples }) =>
    patterns
      ? examples.filter((text) => /^[a-z ,.]+$/i.test(text)).map((text) => ({ id, text: text.toLowerCase() }))
      : [],
  )
  return new Map(
    smuggledForms.map(({ name, write }) => {
      let found = 0
      let all = 0
      for (const [index, { id, text }] of phrases.entries()) {
        for (const salt of salts) {
          const around = documents[(index * salts.length + salt) % documents.length] ?? ''
          const smuggled = `${around.slice(0, 600)}\n\n${write(text, salt)}\n\n${around.slice(600, 1_200)}`
          all += 1
          if (findInjections(smuggled, 'tool').some(({ rule }) => rule === id)) found += 1
        }
      }
      return [name, { found, all }]
    }),
  )
}
