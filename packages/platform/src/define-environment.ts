import { Environment, type EnvironmentInput } from './environment.ts'
import { invariants } from './invariants/all.ts'
import { EnvironmentProblems, type Problem } from './problem.ts'
import { schemaProblems } from './schema-problems.ts'

/** Thrown when an invariant reads a field of an environment that is invalid by itself. */
class PartIsBroken extends Error {}

/**
 * The environment with its valid fields parsed. Reading an invalid field throws {@link PartIsBroken}, so that only the invariants that
 * need the field are skipped.
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
  // Every field is defined: it returns the parsed value or throws.
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

/** All problems of the value that `config.ts` exports. Empty if it is a valid environment. */
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
 * Validates the configuration of an environment and fills in every default. `environments/<name>/config.ts` exports the result as its default export.
 *
 * @throws {EnvironmentProblems} with all problems: of single fields, and of invariants
 */
export function defineEnvironment(input: EnvironmentInput): Environment {
  const problems = problemsOf(input)
  if (problems.length > 0) {
    const name = typeof input?.name === 'string' ? input.name : 'without a name'
    throw new EnvironmentProblems(`The environment ${name} is invalid:`, problems)
  }
  return Environment.parse(input)
}
