interface Action {
  readonly name: string
  readonly args: Record<string, unknown>
}

/** Value of an interrupt that asks for approvals, as LangChain's middleware for a human in the loop writes it. */
export interface Question {
  readonly actionRequests: readonly (Action & { readonly description?: string })[]
  readonly reviewConfigs: readonly { readonly actionName: string; readonly allowedDecisions: readonly string[] }[]
}

type Decision =
  | { readonly type: 'approve' }
  | { readonly type: 'edit'; readonly editedAction: Action }
  | { readonly type: 'reject'; readonly message: string }

interface ApprovalsProps {
  readonly question: Question
  readonly onAnswer: (decisions: readonly Decision[]) => unknown
}

function decisionOf({ name }: Action, type: string, text: string): Decision {
  if (type === 'edit') return { type, editedAction: { name, args: JSON.parse(text) } }
  return type === 'reject' ? { type, message: text } : { type: 'approve' }
}

/** Form with the tool calls that wait for approvals: a decision and a text (new arguments, or a reason) for each of them. */
export function Approvals({ question: { actionRequests, reviewConfigs }, onAnswer }: ApprovalsProps) {
  const answer = (data: FormData): void => {
    const decisions = actionRequests.map((action, index) =>
      decisionOf(action, String(data.get(`decision ${index + 1}`)), String(data.get(`text ${index + 1}`))),
    )
    void onAnswer(decisions)
  }
  const rows = actionRequests.map((action, index) => ({ action, number: index + 1 }))
  return (
    <form aria-label="Approvals" action={answer}>
      {rows.map(({ action, number }) => (
        <fieldset key={number}>
          <legend>
            {action.name} {JSON.stringify(action.args)}
          </legend>
          <select name={`decision ${number}`} aria-label={`Decision ${number}`}>
            {reviewConfigs
              .find(({ actionName }) => actionName === action.name)
              ?.allowedDecisions.map((decision) => (
                <option key={decision}>{decision}</option>
              ))}
          </select>
          <input name={`text ${number}`} aria-label={`Text ${number}`} />
        </fieldset>
      ))}
      <button type="submit">Answer</button>
    </form>
  )
}
