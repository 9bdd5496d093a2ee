import { expect, test } from 'vitest'
import { passagesOf, searchPassages, wordsOf } from './search-passages.ts'

test('a document is cut at headings and empty lines, and every passage knows its line and heading', () => {
  const text = '# Runs\nA run is work.\n\nIt has an end.\n## Threads\nA thread\nholds runs.\n'
  expect(passagesOf('glossary.md', text)).toEqual([
    { path: 'glossary.md', line: 2, heading: 'Runs', text: 'A run is work.' },
    { path: 'glossary.md', line: 4, heading: 'Runs', text: 'It has an end.' },
    { path: 'glossary.md', line: 6, heading: 'Threads', text: 'A thread\nholds runs.' },
  ])
})

test('every row of a table is a passage of its own, its head none', () => {
  const text = 'Words:\n| word | meaning |\n|---|:-:|\n| run | work |\n| thread | talk |\nAfter.'
  expect(passagesOf('a.md', text).map(({ line, text }) => `${line}: ${text}`)).toEqual([
    '1: Words:',
    '4: run | work',
    '5: thread | talk',
    '6: After.',
  ])
})

test('words are compared without case, plural or the small words between them', () => {
  expect(wordsOf('What do the Runs of a process mean?')).toEqual(['run', 'process', 'mean'])
})

test('the passage with the rarer words comes first, a heading counts, and one without any is left out', () => {
  const passages = [
    ...passagesOf('a.md', 'A run waits. A run waits again.\n\nNothing of it here.'),
    ...passagesOf('b.md', '# Checkpoint\nWhat a run has reached.'),
  ]
  const found = searchPassages('checkpoint of a run', passages, 5)
  expect(found.map(({ path, line }) => `${path}:${line}`)).toEqual(['b.md:2', 'a.md:1'])
  expect(searchPassages('checkpoint of a run', passages, 1)).toHaveLength(1)
  expect(searchPassages('elsewhere', passages, 5)).toEqual([])
  expect(searchPassages('anything', [], 5)).toEqual([])
})
