import { join } from 'node:path'
import { customDefinition } from './custom-definition.ts'
import { readDefinition } from './read-definition.ts'
import { customSources } from './sources.ts'

/** Folder of the definitions that are our own: strict subsets of definitions that no Go module has. */
export const ownDefinitions = join(import.meta.dirname, 'definitions')

/** `apiVersion/kind` of the kinds whose definition is our own. Reports name them. */
export const ownKinds: readonly string[] = customSources
  .filter(({ module }) => module === undefined)
  .flatMap((source) =>
    source.files.map((path) => {
      const { group, version, kind } = customDefinition(readDefinition(ownDefinitions, path), source)
      return `${group}/${version}/${kind}`
    }),
  )
