import { expect, it } from 'vitest'
import { nearestName } from './nearest-name.ts'

const known = ['replicas', 'resources', 'minAvailable', 'autoscaling']

it('finds the name with a letter missing, wrong, added or swapped', () => {
  expect(['replcas', 'replikas', 'replicass', 'repilcas'].map((name) => nearestName(name, known))).toEqual(
    Array(4).fill('replicas'),
  )
})

it('ignores case', () => {
  expect(nearestName('MINAVAILABLE', known)).toBe('minAvailable')
})

it('returns undefined if no name is near', () => {
  expect(nearestName('gateway', known)).toBeUndefined()
  expect(nearestName('', known)).toBeUndefined()
  expect(nearestName('replicas', [])).toBeUndefined()
})

it('returns the nearest of several names', () => {
  expect(nearestName('stagin', ['staging', 'staging-2', 'stage'])).toBe('staging')
})
