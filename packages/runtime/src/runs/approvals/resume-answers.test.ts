import { describe, expect, test } from 'vitest'
import { resumeAnswers } from './resume-answers.ts'

const one = 'a'.repeat(32)
const two = 'b'.repeat(32)
const pending = (...ids: string[]) => Object.fromEntries(ids.map((id, index) => [`task ${index}`, [{ id }]]))

describe('a resume', () => {
  test.each([
    ['text', 'yes'],
    ['an object', { decisions: [{ type: 'approve' }] }],
    ['an empty object', {}],
    ['false', false],
    ['null', null],
  ])('of one pending interrupt with %s is bound to it', (_what, answer) => {
    expect(resumeAnswers(answer, pending(one))).toEqual({ [one]: answer })
  })

  test('with ids answers the interrupts with these ids and no others', () => {
    expect(resumeAnswers({ [two]: 'yes' }, pending(one, two))).toEqual({ [two]: 'yes' })
  })

  test('is rejected if no interrupt is pending', () => {
    expect(() => resumeAnswers('yes', {})).toThrow('has none pending')
  })

  test('is rejected if it names an interrupt that is not pending, even together with a pending one', () => {
    expect(() => resumeAnswers({ [one]: 1, [two]: 2 }, pending(one))).toThrow(`answers ${two}, which is not pending`)
  })

  test('is rejected if it is one answer to several interrupts, and the error lists their ids', () => {
    expect(() => resumeAnswers('yes', pending(one, two))).toThrow(`an answer for each: ${one}, ${two}`)
  })
})
