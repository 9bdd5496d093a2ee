import process from 'node:process'
import type { TestProject } from 'vitest/node'
import type { Access } from './cluster.ts'
import { makeGitRepository } from './git-repository.ts'
import { type Ground, startGround } from './ground.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    cluster: Access
    repository: { readonly url: string; readonly folder: string; readonly base: string }
  }
}

/**
 * Vitest's global set-up of the cluster tier: creates one test cluster and one Git repository for all test files, and removes them at the
 * end.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const started = performance.now()
  const ground = await startGround()
  try {
    const { url, folder, base } = await makeGitRepository(ground.folder)
    project.provide('cluster', ground.access)
    project.provide('repository', { url, folder, base })
  } catch (error) {
    await ground.stop()
    throw error
  }
  report(ground, (performance.now() - started) / 1000)
  return ground.stop
}

function report({ phases }: Ground, all: number): void {
  const lines = Object.entries(phases).map(([phase, seconds]) => `  ${seconds.toFixed(1).padStart(5)} s  ${phase}`)
  process.stdout.write(`The ground stands after ${all.toFixed(1)} s (phases overlap):\n${lines.join('\n')}\n`)
}
