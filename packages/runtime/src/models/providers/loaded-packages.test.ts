import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'

test('only the packages of the configured providers are loaded, because each slows the start', () => {
  const module = pathToFileURL(join(import.meta.dirname, '../chat-models.ts')).href
  const program = `
    import { registerHooks } from 'node:module'
    const found = new Set()
    registerHooks({ resolve: (specifier, context, next) => { found.add(specifier); return next(specifier, context) } })
    const { createChatModels } = await import(${JSON.stringify(module)})
    const settings = { openaiApi: 'responses', bounds: { firstByteMs: 1, idleMs: 1, callMs: 1 } }
    const loaded = async (more) => {
      found.clear()
      await createChatModels({ ...settings, ...more })
      return [...found].filter((name) => /^(@langchain\\/(?!core)[^/]+|google-auth-library)$/.test(name))
    }
    const bedrock = { region: 'eu-west-1', credentials: 'workload-identity' }
    console.log(JSON.stringify([
      await loaded({ keys: {} }),
      await loaded({ keys: { anthropic: 'k' } }),
      await loaded({ keys: {}, clouds: { bedrock } }),
    ]))`
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })
  expect(JSON.parse(output)).toEqual([[], ['@langchain/anthropic'], ['@langchain/aws']])
})
