import { join } from 'node:path'
import { customDefinition } from './custom-definition.ts'
import { readDefinition } from './read-definition.ts'
import { customSources } from './sources.ts'

/** Folder of our own definitions: strict subsets of definitions that no Go module contains. */
export const ownDefinitions = join(import.meta.dirname, 'definitions')

/** Kinds with a definition of our own, as `apiVersion/kind`. Reports name them. */
export const ownKinds: readonly string[] = customSources
  .filter(({ module }) => module === undefined)
  .flatMap((source) =>
    source.files.map((path) => {
      const { group, version, kind } = customDefinition(readDefinition(ownDefinitions, path), source)
      return `${group}/${version}/${kind}`
    }),
  )
