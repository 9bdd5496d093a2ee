import { PlainError } from '../plain-error.ts'

/**
 * Adds an alert to the text of `charts/src/alerts/all.ts`: its import, sorted by file name as the formatter requires, and its line at the end
 * of the list.
 *
 * @throws {PlainError} if the file does not have the expected form
 */
export function withAlert(file: string, text: string, exported: string, module: string): string {
  const lines = text.split('\n')
  const imports = lines.flatMap((line, index) => {
    const from = /^import .* from '(\.\/[^']+)'$/.exec(line)?.[1]
    return from ? [{ from, index }] : []
  })
  const list = /(: readonly Alert\[\] = \[[^\]]*?),?(\s*)\]/
  const last = imports.at(-1)
  if (!last || !list.test(text)) {
    throw new PlainError(`${file} has no list of alerts in the expected form. Add ${exported} to it by hand.`)
  }
  const place = imports.find(({ from }) => from > module)?.index ?? last.index + 1
  lines.splice(place, 0, `import { ${exported} } from '${module}'`)
  return lines.join('\n').replace(list, (_, items: string) => `${items},\n  ${exported},\n]`)
}
