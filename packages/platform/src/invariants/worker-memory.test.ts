import { expect, test } from 'vitest'
import { sentencesAbout, soundInput } from '../fixtures/example-environment.ts'

const resources = (memory: string) => ({
  requests: { cpu: '500m', memory: '512Mi' },
  limits: { cpu: '1', memory },
})

test('rejects a container that runs agents with less than 1 GiB of memory', () => {
  const agentWith = (memory: string) => ({
    ...soundInput,
    agent: { topology: 'together', all: { ...soundInput.agent.all, resources: resources(memory) } },
  })
  expect(sentencesAbout(agentWith('1Gi'))).toEqual([])
  expect(sentencesAbout(agentWith('1023Mi'))).toEqual([
    'agent.all.resources.limits.memory = "1023Mi": Must be at least 1024Mi: the server shares the memory with the child process that runs suspects. Raise it to 1024Mi.',
  ])
})

test('accepts less memory for a server that runs no agents', () => {
  const { autoscaling } = soundInput.agent.all
  const agent = {
    topology: 'split',
    api: { autoscaling, resources: resources('512Mi') },
    worker: { autoscaling, resources: resources('1Gi') },
  }
  expect(sentencesAbout({ ...soundInput, agent })).toEqual([])
})
