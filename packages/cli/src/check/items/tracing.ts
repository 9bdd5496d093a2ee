import { noVariable, serverVariable } from '../agent-pods.ts'
import { type Answer, type ChecklistItem, type Subject, together } from '../checklist-item.ts'
import { serverCan, settingPlace } from '../evidence.ts'

export const tracing: ChecklistItem = {
  id: 'tracing',
  title: 'Tracing',
  group: 'recommended',
  answer: (subject) => {
    const { tracing } = subject.environment
    const place = settingPlace(subject, ['tracing'])
    switch (tracing.kind) {
      case 'none': {
        const mend =
          "Set tracing to { kind: 'otlp', endpoint: … } for a collector of OpenTelemetry, or to { kind: 'langsmith', project: … } and store its key in langsmith-credentials/api-key."
        return together({ missing: [{ problem: 'tracing.kind is "none".', mend, ...place }] })
      }
      case 'langsmith':
        return together(
          serverCan(subject, 'langsmithTracing', { mend: 'Use a server that has this capability.' }),
          langsmith(subject),
          intake(subject, tracing.endpoint),
        )
      case 'otlp': {
        const setting = { path: ['tracing', 'endpoint'], value: `"${tracing.endpoint}"` }
        const mend = 'Until then, use tracing.kind "langsmith".'
        const can = serverCan(subject, 'openTelemetryTracing', { mend, setting })
        if (can.missing) return together(can)
        const written = serverVariable(subject, 'OTEL_EXPORTER_OTLP_ENDPOINT')
        return together(
          can,
          written
            ? { evidence: written.at(`Traces go to ${written.value}`) }
            : { missing: [noVariable('OTEL_EXPORTER_OTLP_ENDPOINT')] },
        )
      }
    }
  },
}

const usualIntake = 'https://api.smith.langchain.com'

/** Checklist answer for LangSmith's address. LangChain knows the public one; any other must be set in the agent pods. */
function intake(subject: Subject, endpoint: string): Partial<Answer> {
  if (endpoint === usualIntake || serverVariable(subject, 'LANGSMITH_ENDPOINT')?.value === endpoint) return {}
  const path = ['tracing', 'endpoint']
  const problem = `tracing.endpoint = "${endpoint}" has no effect: the agent pods don't get LANGSMITH_ENDPOINT.`
  const mend = `Remove it to use ${usualIntake}, or add LANGSMITH_ENDPOINT to charts/src/components/agent/variables.ts.`
  return { missing: [{ problem, mend, ...settingPlace(subject, path) }] }
}

function langsmith(subject: Subject): Partial<Answer> {
  const on = serverVariable(subject, 'LANGSMITH_TRACING')
  const key = serverVariable(subject, 'LANGSMITH_API_KEY_FILE')
  const project = serverVariable(subject, 'LANGSMITH_PROJECT')
  return {
    evidence:
      on?.value === 'true' && key ? on.at(`Traces go to LangSmith, project "${project?.value ?? 'default'}"`) : [],
    missing: [
      ...(on?.value === 'true' ? [] : [noVariable('LANGSMITH_TRACING=true')]),
      ...(key ? [] : [noVariable('LANGSMITH_API_KEY_FILE')]),
    ],
  }
}
