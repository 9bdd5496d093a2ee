import { Environment, type EnvironmentInput } from './environment.ts'
import { invariants } from './invariants/all.ts'
import { EnvironmentProblems, type Problem } from './problem.ts'
import { schemaProblems } from './schema-problems.ts'

/** Thrown where a rule reads a part of an environment that is broken by itself. */
class PartIsBroken extends Error {}

/**
 * What can be said of an environment of which parts are broken: the others, parsed. Reading a broken part throws {@link PartIsBroken}, so
 * that rules which need it are left out and all others still speak.
 */
function soundParts(input: object): Environment {
  const parts = {}
  for (const [name, schema] of Object.entries(Environment.shape)) {
    const parsed = schema.safeParse(Reflect.get(input, name))
    Object.defineProperty(parts, name, {
      enumerable: true,
      get: () => {
        if (parsed.success) return parsed.data
        throw new PartIsBroken(name)
      },
    })
  }
  // Each field is there, and is either what the schema gives or throws.
  return parts as Environment
}

function crossFieldProblems(environment: Environment): Problem[] {
  return invariants.flatMap((invariant) => {
    try {
      return invariant(environment)
    } catch (error) {
      if (error instanceof PartIsBroken) return []
      throw error
    }
  })
}

/** Every problem of what `config.ts` gives; none if it is an environment. */
function problemsOf(input: unknown): Problem[] {
  const parsed = Environment.safeParse(input)
  if (parsed.success) return crossFieldProblems(parsed.data)
  const isObject = typeof input === 'object' && input !== null
  return [
    ...schemaProblems(Environment, input, parsed.error),
    ...(isObject ? crossFieldProblems(soundParts(input)) : []),
  ]
}

/**
 * Checks what `environments/<name>/config.ts` says and fills in every default. The file exports the result as its default.
 *
 * @throws {EnvironmentProblems} with every problem at once: of single fields, and of rules across fields
 */
export function defineEnvironment(input: EnvironmentInput): Environment {
  const problems = problemsOf(input)
  if (problems.length > 0) {
    const name = typeof input?.name === 'string' ? input.name : 'without a name'
    throw new EnvironmentProblems(`The environment ${name} can't be used:`, problems)
  }
  return Environment.parse(input)
}
