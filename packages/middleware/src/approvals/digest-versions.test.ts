import { expect, test } from 'vitest'
import { edit, openAgent, pay } from '../fixtures/approving-agent.ts'
import { approvalDigest, digestVersions } from './approval-digest.ts'
import { MemoryLedger, type NewExecution, type NewQuestion } from './approval-ledger.ts'

/** A ledger whose questions another release asked, with another version of the digest. */
class LedgerOfVersion extends MemoryLedger {
  readonly version: (typeof digestVersions)[number]
  readonly runs: (string | undefined)[] = []
  question: NewQuestion | undefined

  constructor(version: (typeof digestVersions)[number]) {
    super()
    this.version = version
  }

  override async ask(question: NewQuestion): Promise<void> {
    this.question = { ...question, digest: approvalDigest(callIn(question), this.version) }
    await super.ask(this.question)
  }

  override begin(call: Parameters<MemoryLedger['begin']>[0], execution: NewExecution) {
    this.runs.push(execution.approval?.runs)
    return super.begin(call, execution)
  }
}

const callIn = ({ tool, tenant, threadId, place, expiresAt }: NewQuestion, amount = 1) => ({
  tool,
  args: { amount },
  tenant,
  threadId,
  place,
  expiresAt,
})

test.each(digestVersions)(
  'a pending question whose digest has version %i is answered, and the edited call has a digest of that version',
  async (version) => {
    const ledger = new LedgerOfVersion(version)
    const { start, answer, effects } = openAgent({ ledger })
    const { asked } = await start([pay(1)])
    const { question } = ledger
    if (!asked[0] || !question) throw new Error('The agent asked nothing.')
    const { value } = asked[0]
    const shown = { ...asked[0], value: { ...value, approval: { ...value.approval, digest: question.digest } } }
    await answer(edit(shown, { amount: 2 }))
    expect(effects).toEqual(['paid 2'])
    expect(ledger.runs).toEqual([approvalDigest(callIn(question, 2), version)])
  },
)
