import type { ContainerVariables } from '@hadal/platform/container-variables'
import type { BaseCallbackHandler } from '@langchain/core/callbacks/base'

/** Project of LangSmith, and example of a data set, in which a client wants its run traced too. */
export interface AskedTrace {
  readonly project_name?: string
  readonly example_id?: string
}

/** Creates the callback handler that traces a run both in the server's own project and in the one that the client asked for. */
export type CreateLangSmithTracer = (asked: AskedTrace) => BaseCallbackHandler

/** Returns undefined if the server does not trace to LangSmith. The tracer of LangChain is loaded only otherwise. */
export async function createLangSmithTracer({
  LANGSMITH_TRACING: traces,
  LANGSMITH_PROJECT: ownProject = 'default',
}: Pick<ContainerVariables, 'LANGSMITH_TRACING' | 'LANGSMITH_PROJECT'>): Promise<CreateLangSmithTracer | undefined> {
  if (!traces) return undefined
  const { LangChainTracer } = await import('@langchain/core/tracers/tracer_langchain')
  return ({ project_name: projectName = ownProject, example_id: exampleId }) => {
    const asked: [string, Record<string, unknown> | undefined] = [
      projectName,
      exampleId === undefined ? undefined : { reference_example_id: exampleId },
    ]
    return new LangChainTracer({ replicas: projectName === ownProject ? [asked] : [asked, [ownProject, undefined]] })
  }
}
