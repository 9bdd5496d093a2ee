import { z } from 'zod'
import { longestName } from '../access/name-problem.ts'
import type { GivenArguments } from './find-command.ts'

/** Control characters. A name may not contain them, because they would break lines and tables of the output. */
const control = /\p{Cc}/u

/**
 * Checks a name that an option of a command gives, and returns it.
 *
 * @param option name of the option, for the error
 * @throws Error with one sentence if the name is empty, too long or not printable
 */
export function checkedName(option: string, name: string, mayBeEmpty = false): string {
  if (name.trim() !== name) throw new Error(`${option} begins or ends with a space. Remove it.`)
  if (name === '' && !mayBeEmpty) throw new Error(`${option} is empty. Give a name.`)
  if (name.length > longestName)
    throw new Error(`${option} has ${name.length} characters; the maximum is ${longestName}. Shorten it.`)
  if (control.test(name) || !name.isWellFormed())
    throw new Error(`${option} has a character that can't be printed. Remove it.`)
  return name
}

/**
 * Returns the ids of a list that is separated by commas, each once and in small letters.
 *
 * @param begin begin of the error about an id that is not valid, such as `--threads has`
 * @param what the object that an id names, such as `thread`
 * @throws Error with one sentence that names the first id that is not a UUID
 */
export function listedIds(list: string, begin: string, what: string): string[] {
  const ids = list.split(',').map((text) => {
    const id = z.guid().safeParse(text.trim())
    if (!id.success)
      throw new Error(`${begin} "${text.trim()}", which is not the id of a ${what}. Separate ids by commas.`)
    return id.data.toLowerCase()
  })
  return [...new Set(ids)]
}

/** @throws Error with one sentence if the option is not a whole number in its range */
export function wholeNumberOption(
  { options }: GivenArguments,
  name: string,
  otherwise: string,
  { from, to }: { from: number; to: number },
): number {
  const text = options.get(name) ?? otherwise
  const value = Number(text)
  if (/^\d{1,9}$/.test(text) && value >= from && value <= to) return value
  throw new Error(`--${name} is "${text}". Give a whole number from ${from} to ${to}.`)
}
