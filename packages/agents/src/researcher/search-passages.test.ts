import { expect, test } from 'vitest'
import { passagesOf, searchPassages, wordsOf } from './search-passages.ts'

test('a document is split at headings and empty lines, and every passage has its line and heading', () => {
  const text = '# Runs\nA run is work.\n\nIt has an end.\n## Threads\nA thread\nholds runs.\n'
  expect(passagesOf('glossary.md', text)).toEqual([
    { path: 'glossary.md', line: 2, heading: 'Runs', text: 'A run is work.' },
    { path: 'glossary.md', line: 4, heading: 'Runs', text: 'It has an end.' },
    { path: 'glossary.md', line: 6, heading: 'Threads', text: 'A thread\nholds runs.' },
  ])
})

test('every row of a table except the header is a passage', () => {
  const text = 'Words:\n| word | meaning |\n|---|:-:|\n| run | work |\n| thread | talk |\nAfter.'
  expect(passagesOf('a.md', text).map(({ line, text }) => `${line}: ${text}`)).toEqual([
    '1: Words:',
    '4: run | work',
    '5: thread | talk',
    '6: After.',
  ])
})

test('words are compared without case, plural and stop words', () => {
  expect(wordsOf('What do the Runs of a process mean?')).toEqual(['run', 'process', 'mean'])
})

test('the passage with the rarer words comes first, words of the heading count, and passages without a match are left out', () => {
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
