import { expect, test } from 'vitest'
import { exampleSubject } from '../fixtures/example-objects.ts'
import { quoting } from './quoting.ts'

test('the example is right', () => {
  expect(quoting(exampleSubject())).toEqual([])
})

test('a file that a reader takes for another object is named', () => {
  const subject = exampleSubject()
  const objects = subject.objects.map((rendered) => ({ ...rendered, text: rendered.text.replace('"on"', 'on') }))
  expect(quoting({ ...subject, objects })).toMatchObject([
    { rendered: { kind: 'ConfigMap' }, problem: 'A reader of YAML 1.1 does not get the object that the chart made.' },
  ])
})
