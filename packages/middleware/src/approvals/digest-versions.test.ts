import { expect, test } from 'vitest'
import { edit, openAgent, pay } from '../fixtures/approving-agent.ts'
import { changedLedger } from '../fixtures/changed-ledger.ts'
import { approvalDigest, type DigestVersion, digestVersions } from './approval-digest.ts'
import type { NewQuestion } from './approval-ledger.ts'

const callIn = ({ tool, tenant, threadId, place, expiresAt }: NewQuestion, amount: number) => ({
  tool,
  args: { amount },
  tenant,
  threadId,
  place,
  expiresAt,
})

/** A ledger whose questions have digests of the given version, like those of another release. */
function ledgerOfVersion(version: DigestVersion) {
  const questions: NewQuestion[] = []
  const runs: (string | undefined)[] = []
  const ledger = changedLedger((inner) => ({
    async ask(question) {
      const other = { ...question, digest: approvalDigest(callIn(question, 1), version) }
      questions.push(other)
      await inner.ask(other)
    },
    begin(call, execution) {
      runs.push(execution.approval?.runs)
      return inner.begin(call, execution)
    },
  }))
  return { ledger, questions, runs }
}

test.each(digestVersions)(
  'a pending question with a digest of version %i can be answered, and the edited call gets a digest of the same version',
  async (version) => {
    const { ledger, questions, runs } = ledgerOfVersion(version)
    const { start, answer, effects } = openAgent({ ledger })
    const { asked } = await start([pay(1)])
    const [question] = questions
    if (!asked[0] || !question) throw new Error('The agent asked nothing.')
    const { value } = asked[0]
    const shown = { ...asked[0], value: { ...value, approval: { ...value.approval, digest: question.digest } } }
    await answer(edit(shown, { amount: 2 }))
    expect(effects).toEqual(['paid 2'])
    expect(runs).toEqual([approvalDigest(callIn(question, 2), version)])
  },
)
