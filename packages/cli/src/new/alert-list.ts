import { PlainError } from '../plain-error.ts'

/**
 * The text of `charts/src/alerts/all.ts` with one more alert: its import in the order of the files' names, as the formatter
 * wants it, and its line at the end of the list.
 *
 * @throws {PlainError} where the file is not what it should be
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
    throw new PlainError(`${file} holds no list of alerts that can be added to. Add ${exported} to it by hand.`)
  }
  const place = imports.find(({ from }) => from > module)?.index ?? last.index + 1
  lines.splice(place, 0, `import { ${exported} } from '${module}'`)
  return lines.join('\n').replace(list, (_, items: string) => `${items},\n  ${exported},\n]`)
}
