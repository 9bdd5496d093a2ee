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

describe("an answer to a question of LangChain's middleware", () => {
  const call = (amount: number) => ({ name: 'pay', args: { amount } })
  const asked = (...amounts: number[]) => ({
    task: [{ id: one, value: { actionRequests: amounts.map(call), reviewConfigs: amounts.map(() => ({})) } }],
  })
  const edit = { type: 'edit', edited_action: { name: 'pay', args: { amount: '2' } } }
  const edited = { type: 'edit', editedAction: call(2) }

  test.each([
    ['without an id', (answer: unknown) => answer],
    ['by its id', (answer: unknown) => ({ [one]: answer })],
  ])("%s has JavaScript's names, and numbers that are text become numbers", (_way, sent) => {
    expect(resumeAnswers(sent({ decisions: [{ type: 'approve' }, edit], note: 1 }), asked(1, 1))).toEqual({
      [one]: { decisions: [{ type: 'approve' }, edited], note: 1 },
    })
    const inbox = [{ type: 'edit', args: { action: 'pay', args: { amount: '2' } } }]
    expect(resumeAnswers(sent(inbox), asked(1))).toEqual({ [one]: { decisions: [edited] } })
  })

  test.each([
    ['text', 'yes'],
    ['null', null],
    ['another object', { choice: 1 }],
    [
      'a decision of the middleware',
      { decisions: [{ type: 'edit', editedAction: { name: 'pay', args: { amount: '2' } } }] },
    ],
    ['a decision of another format', { decisions: ['yes'] }],
  ])('is unchanged if it is %s', (_what, answer) => {
    expect(resumeAnswers({ [one]: answer }, asked(1))).toEqual({ [one]: answer })
  })

  test.each([
    [0, { decisions: [] }],
    [1, { decisions: [{ type: 'approve' }] }],
    [3, { decisions: [edit, edit, edit] }],
    [1, [{ type: 'ignore', args: null }]],
  ])('with %i decisions about two calls is rejected: %j', (count, answer) => {
    const sentence = `The answer has ${count} decision${count === 1 ? '' : 's'}, and the question is about 2 calls: pay, pay.`
    expect(() => resumeAnswers(answer, asked(1, 2))).toThrow(sentence)
    expect(() => resumeAnswers({ [one]: answer }, asked(1, 2))).toThrow(sentence)
  })
})
