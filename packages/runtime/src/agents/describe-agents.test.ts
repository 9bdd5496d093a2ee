import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AgentsDescription } from '@hadal/platform/agents-description'
import { tool } from '@langchain/core/tools'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { defineAgent, describeAgent } from './define-agent.ts'
import { describeAgents, descriptionText, graphDescription } from './describe-agents.ts'
import { capabilities } from './server-capabilities.ts'

const graphsOfTests = join(import.meta.dirname, '../fixtures/agents/langgraph.json')

test('describes a graph without defineAgent as one of another kind', async () => {
  const { graphs, server } = await describeAgents(graphsOfTests)
  expect(graphs).toContainEqual({ graph: 'echo', kind: 'other' })
  // A deep agent of createDeepAgent has none of our rules.
  expect(graphs).toContainEqual({ graph: 'deep', kind: 'other' })
  expect(server).toEqual(capabilities)
})

const sendMail = tool(() => '', { name: 'send_mail', description: 'Sends a mail', schema: z.object({}) })

test('describes an agent of defineAgent with all its rules', () => {
  const agent = defineAgent(
    {
      name: 'writer',
      model: 'anthropic:never-called',
      tools: [sendMail],
      approvals: { except: { write_file: { under: ['/notes/'] } }, also: ['send_mail'] },
    },
    undefined,
  )
  expect(graphDescription({ graphId: 'w', recorded: describeAgent(agent) })).toMatchObject({
    graph: 'w',
    kind: 'hadal',
    name: 'writer',
    approvals: expect.arrayContaining([
      { tool: 'write_file', asks: 'always', exceptUnder: ['/notes/'] },
      { tool: 'send_mail', asks: 'always' },
    ]),
    subagents: [{ name: 'general-purpose' }],
  })
})

test('the text of a description parses to the same description', async () => {
  const description = await describeAgents(graphsOfTests)
  expect(AgentsDescription.parse(JSON.parse(descriptionText(description)))).toEqual(description)
})

test('says that a project has a sign-in of its own, and that its runs get headers of requests', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hadal-describe-'))
  try {
    const graph = join(import.meta.dirname, '../fixtures/agents/echo.ts:graph')
    const needs = async (more: object) => {
      const file = join(folder, 'langgraph.json')
      writeFileSync(file, JSON.stringify({ graphs: { echo: graph }, ...more }))
      return (await describeAgents(file)).project
    }
    expect(await needs({})).toBeUndefined()
    expect(await needs({ auth: { path: './auth.ts:auth' } })).toEqual({ auth: true })
    expect(await needs({ http: { configurable_headers: { includes: ['x-company'] } } })).toEqual({
      configurableHeaders: true,
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
