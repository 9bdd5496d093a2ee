import { expect, it } from 'vitest'
import { nearestName } from './nearest-name.ts'

const known = ['replicas', 'resources', 'minAvailable', 'autoscaling']

it('finds the name with a letter missing, wrong, added or swapped', () => {
  expect(['replcas', 'replikas', 'replicass', 'repilcas'].map((name) => nearestName(name, known))).toEqual(
    Array(4).fill('replicas'),
  )
})

it('takes no notice of case', () => {
  expect(nearestName('MINAVAILABLE', known)).toBe('minAvailable')
})

it('finds nothing where nothing is near', () => {
  expect(nearestName('gateway', known)).toBeUndefined()
  expect(nearestName('', known)).toBeUndefined()
  expect(nearestName('replicas', [])).toBeUndefined()
})

it('takes the nearest of several', () => {
  expect(nearestName('stagin', ['staging', 'staging-2', 'stage'])).toBe('staging')
})
