import { expect, test } from 'vitest'
import { endOfRun } from './demonstration.ts'

test('the end of the demonstration lists the files of the thread, or says that there are none', () => {
  expect(endOfRun([], ['/reports/a.md'])).toEqual(['the run is finished; files in its thread:', ['/reports/a.md']])
  expect(endOfRun([], [])).toEqual(['the run is finished. The model wrote no files; its answer is in the thread.', []])
  expect(endOfRun(['tools'], [])[0]).toMatch(/^the run is still at tools\. /)
})
