import { createDatabase } from '@hadal/runtime/fixtures/create-database'
import { effectsFiles } from '@hadal/runtime/fixtures/effects-file'
import { eventually } from '@hadal/runtime/fixtures/eventually'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { usePages } from './use-pages.ts'

const pages = usePages(createDatabase())
const effects = effectsFiles()

/** Text that makes the agent call a tool once for each of the arguments. */
const calls = (name: string, ...args: object[]): string => JSON.stringify(args.map((one) => ({ name, args: one })))

async function send(page: Page, text: string): Promise<void> {
  await page.getByLabel('Message', { exact: true }).fill(text)
  await page.getByRole('button', { name: 'Send' }).click()
}

const shows = (page: Page, text: string): Promise<void> =>
  page.getByRole('listitem').filter({ hasText: text }).first().waitFor()

const idle = (page: Page): Promise<void> => page.getByRole('status').filter({ hasText: 'idle' }).waitFor()

const messages = (page: Page): Promise<string[]> => page.getByRole('listitem').allTextContents()

const threadOf = (page: Page): string => new URL(page.url()).searchParams.get('thread') ?? ''

const question = (page: Page) => page.getByRole('form', { name: 'Approvals' })

/** Answers the shown tool calls in their order. */
async function answer(page: Page, ...decisions: (readonly [decision: string, text?: string])[]): Promise<void> {
  for (const [index, [decision, text = '']] of decisions.entries()) {
    await page.getByLabel(`Decision ${index + 1}`).selectOption(decision)
    await page.getByLabel(`Text ${index + 1}`).fill(text)
  }
  await page.getByRole('button', { name: 'Answer' }).click()
}

/** Opens a page whose agent asks for approvals of payments. */
async function asking(...amounts: number[]) {
  const { path, lines } = effects()
  const page = await pages().open()
  await send(page, calls('pay', ...amounts.map((amount) => ({ file: path, amount }))))
  await question(page).waitFor()
  return { page, path, lines }
}

/** Opens a page whose agent executes a tool until the gate opens. */
async function working() {
  const { path, lines, gate, open } = effects()
  const page = await pages().open()
  await send(page, calls('count', { file: path, label: 'counted', gate }))
  await eventually(lines, (effected) => effected.length === 1)
  return { page, lines, open }
}

const runsOf = (page: Page) => pages().server.client.runs.list(threadOf(page))

describe('a page with useStream', () => {
  test('shows the answer to a message, and both after a reload', async () => {
    const { path } = effects()
    const page = await pages().open()
    await send(page, calls('count', { file: path, label: 'first' }))
    await shows(page, 'ai: first')
    await idle(page)
    await page.reload()
    await shows(page, 'ai: first')
  })

  test('stops a run, and the thread takes the next message', async () => {
    const { page, lines, open } = await working()
    await page.getByRole('button', { name: 'Stop' }).click()
    await idle(page)
    await eventually(
      () => runsOf(page),
      (runs) => runs.every(({ status }) => status === 'interrupted'),
    )
    open()
    await send(page, calls('count', { file: effects().path, label: 'next' }))
    await shows(page, 'ai: next')
    expect(lines()).toEqual(['counted'])
    expect((await messages(page)).join()).not.toContain('ai: counted')
  })

  test('joins its run again after a reload during the run', async () => {
    const { page, lines, open } = await working()
    await page.reload()
    await page.getByRole('button', { name: 'Stop' }).waitFor()
    open()
    await shows(page, 'ai: counted')
    await idle(page)
    expect(lines()).toEqual(['counted'])
    expect(await runsOf(page)).toMatchObject([{ status: 'success' }])
  })

  test('shows the error of a run', async () => {
    const page = await pages().open()
    await send(page, calls('count', { file: effects().path, label: 'it', fail: true }))
    await page.getByRole('alert').filter({ hasText: 'it fails' }).waitFor()
    expect(await runsOf(page)).toMatchObject([{ status: 'error' }])
    expect(pages().takeErrors()).toEqual([expect.stringContaining('RangeError: it fails')])
  })

  test('continues an earlier message with another text as a branch, and shows both branches', async () => {
    const { path, lines } = effects()
    const page = await pages().open()
    await send(page, calls('count', { file: path, label: 'one' }))
    await shows(page, 'ai: one')
    await send(page, calls('count', { file: path, label: 'two' }))
    await shows(page, 'ai: two')
    await idle(page)
    const second = page.getByRole('listitem').filter({ hasText: 'human' }).nth(1)
    await second.getByLabel('New text').fill(calls('count', { file: path, label: 'three' }))
    await second.getByRole('button', { name: 'Edit' }).click()
    await shows(page, 'ai: three')
    await idle(page)
    const shown = await messages(page)
    expect([shown.join().includes('ai: one'), shown.join().includes('ai: two')]).toEqual([true, false])
    await page.getByRole('button', { name: 'Branch 1' }).click()
    await shows(page, 'ai: two')
    await page.getByRole('button', { name: 'Branch 2' }).click()
    await shows(page, 'ai: three')
    expect(lines()).toEqual(['one', 'two', 'three'])
  })
})

describe('a page that asks a person', () => {
  test('keeps the question over a reload, and approval executes the call', async () => {
    const { page, path, lines } = await asking(42)
    expect(await question(page).textContent()).toContain(`pay ${JSON.stringify({ file: path, amount: 42 })}`)
    await page.reload()
    await question(page).waitFor()
    expect(lines()).toEqual([])
    await answer(page, ['approve'])
    await shows(page, 'ai: paid 42')
    await question(page).waitFor({ state: 'detached' })
    expect(lines()).toEqual(['paid 42'])
  })

  test('executes the call with the edited arguments', async () => {
    const { page, path, lines } = await asking(42)
    await answer(page, ['edit', JSON.stringify({ file: path, amount: 7 })])
    await shows(page, 'ai: A person changed the arguments')
    await shows(page, 'paid 7')
    expect(lines()).toEqual(['paid 7'])
  })

  test('tells the agent why the call was rejected', async () => {
    const { page, lines } = await asking(42)
    await answer(page, ['reject', 'Too much.'])
    await shows(page, 'ai: Too much.')
    expect(lines()).toEqual([])
  })

  test('shows two calls of one turn together, and takes a decision for each of them', async () => {
    const { page, lines } = await asking(1, 2)
    await answer(page, ['approve'], ['reject', 'Once is enough.'])
    await shows(page, 'ai: paid 1 | Once is enough.')
    expect(lines()).toEqual(['paid 1'])
  })
})

describe('two tabs on one thread', () => {
  test('both show the question, the first answer counts, and the second tab shows why its answer does not', async () => {
    const { page: first, lines } = await asking(42)
    const second = await pages().open(threadOf(first))
    await question(second).waitFor()
    await answer(second, ['approve'])
    await shows(second, 'ai: paid 42')
    await answer(first, ['approve'])
    await first.getByRole('alert').waitFor()
    expect(await first.getByRole('alert').textContent()).toContain('this thread has none pending. Send input instead.')
    // Chromium reports the response, and useStream the error.
    expect(pages().takeErrors()).toEqual([expect.stringContaining('422'), expect.stringContaining('none pending')])
    await first.reload()
    await shows(first, 'ai: paid 42')
    expect(lines()).toEqual(['paid 42'])
  })

  test('a message of the second tab waits for the run of the first one, and both are answered', async () => {
    const { page: first, open } = await working()
    const second = await pages().open(threadOf(first))
    await idle(second)
    await send(second, calls('count', { file: effects().path, label: 'second' }))
    await eventually(
      () => runsOf(first),
      (runs) => runs.length === 2,
    )
    open()
    await shows(first, 'ai: counted')
    await shows(second, 'ai: second')
    await first.reload()
    await shows(first, 'ai: second')
    await shows(first, 'ai: counted')
  })
})

test('a page of an origin that is not allowed reads nothing and starts no run', async () => {
  const { server, open, takeErrors } = pages()
  const { path, lines } = effects()
  const page = await open(undefined, 'localhost')
  const before = await server.client.threads.count()
  await send(page, calls('count', { file: path, label: 'one' }))
  await page.getByRole('alert').waitFor()
  expect(takeErrors().join('\n')).toMatch(/blocked by CORS policy/)
  expect([await server.client.threads.count(), lines()]).toEqual([before, []])
})
