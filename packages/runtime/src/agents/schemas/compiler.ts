import type * as TypeScript from 'typescript/unstable/async'

export type Type = TypeScript.Type
export type Compiler = typeof TypeScript

/** Module of the TypeScript compiler. It is not a literal in the import, because the image does not have it. */
const module: string = 'typescript/unstable/async'

/** Loads the TypeScript compiler. @returns undefined if it is not installed, as in the image */
export async function loadCompiler(): Promise<Compiler | undefined> {
  try {
    return await import(module)
  } catch {
    return undefined
  }
}
