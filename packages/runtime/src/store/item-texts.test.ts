import { expect, test } from 'vitest'
import { itemTexts } from './item-texts.ts'

const value = {
  title: 'Tea',
  year: 2_024,
  draft: false,
  none: null,
  blank: ' ',
  metadata: { title: 'About tea' },
  chapters: [{ content: 'one', notes: ['a', 'b'] }, { content: 'two' }, { other: 1 }],
  tags: ['x', 'y', 'x'],
  file: { $bytes: 'AAAA' },
}

test.each<[string, string[]]>([
  ['title', ['Tea']],
  ['year', ['2024']],
  ['draft', ['false']],
  ['none', []],
  ['blank', []],
  ['missing.deep', []],
  ['toString', []],
  ['metadata.title', ['About tea']],
  ['metadata', ['{"title":"About tea"}']],
  ['chapters[*].content', ['one', 'two']],
  ['chapters[0].content', ['one']],
  ['chapters[-1].other', ['1']],
  ['chapters[9].content', []],
  ['chapters[x].content', []],
  ['chapters[*].notes[*]', ['a', 'b']],
  ['title[*]', []],
  ['tags[*]', ['x', 'y']],
  ['metadata.*', ['About tea']],
  ['{title, metadata.title}', ['Tea', 'About tea']],
  ['file', []],
])('the path %s gives the texts %j', (path, texts) => {
  expect(itemTexts(value, [path])).toEqual(texts)
})

test('the path $ gives the whole value as JSON, without its bytes', () => {
  expect(itemTexts({ a: 1, file: { $bytes: 'AAAA' } }, ['$'])).toEqual(['{"a":1}'])
})

test('a text at several paths is returned once', () => {
  expect(itemTexts({ a: 'x', b: 'x', c: 'y' }, ['a', 'b', 'c'])).toEqual(['x', 'y'])
})
