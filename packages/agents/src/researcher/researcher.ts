import type { AgentBuildConfig } from '@hadal/runtime/agents/agent-settings'
import { type AgentDefinition, defineAgent } from '@hadal/runtime/agents/define-agent'
import { ScriptedModel } from '../models/scripted-model.ts'
import { documentTools } from './document-tools.ts'
import { researchScript } from './research-script.ts'

const systemPrompt = `You are a researcher. You answer questions from the team's documents, and say where each statement comes from.

For every question:
1. Plan with write_todos, and keep the list up to date.
2. Keep notes in files under /notes/: the question, what to look for, what was found. Nobody has to approve these.
3. Delegate reading to the document-reader subagent, one task for each thing to find out. It sees only the task that you describe.
4. Write the report to /reports/<short-name>.md: the answer first, then the evidence with path and line. A person approves it before it is
   written. If it is rejected, do not write it elsewhere: ask what should change.
5. Answer in a few sentences, with the sources and the report's path.

If the documents don't answer the question, say so. Never present a guess as a finding.`

const readerPrompt = `You read the team's documents for a researcher. Search with several wordings, open what looks relevant, and return the
passages that answer the task, word for word, each with its path and line. If nothing answers it, say that in one sentence.`

/** Pause in milliseconds between two words of the scripted model: about the speed of a real model. */
const scriptedPauseMs = 10

/** Approval settings of the researcher: writing and editing its notes needs no approval. All other file changes wait for a person. */
const approvals: AgentDefinition['approvals'] = {
  except: { write_file: { under: ['/notes/'] }, edit_file: { under: ['/notes/'] } },
}

/** Agent that answers questions from documents: it plans, takes notes, lets a subagent read, and asks for approval before it writes a report. */
export function researcher({ settings, platform }: AgentBuildConfig): ReturnType<typeof defineAgent> {
  return defineAgent(
    {
      name: 'researcher',
      standIn: new ScriptedModel(researchScript, scriptedPauseMs),
      systemPrompt,
      approvals,
      subagents: [
        {
          name: 'document-reader',
          description: "Searches and reads the team's documents, and returns the passages that answer a task.",
          systemPrompt: readerPrompt,
          tools: settings.documentsFolder ? documentTools(settings.documentsFolder) : [],
        },
      ],
    },
    platform,
  )
}
