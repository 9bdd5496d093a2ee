import { expect, test } from 'vitest'
import { sentencesAbout, soundInput } from '../fixtures/example-environment.ts'

const oidc = (change: object) =>
  sentencesAbout({
    ...soundInput,
    access: { kind: 'oidc', issuer: 'https://id.example.com', audience: 'agents', ...change },
  })

test('accepts an issuer without roles, and one whose claim gives them', () => {
  expect(oidc({})).toEqual([])
  expect(oidc({ claims: { roles: 'groups' }, roles: { 'agents-admins': ['administer'] }, defaultRoles: [] })).toEqual(
    [],
  )
  expect(oidc({ claims: { roles: 'roles' } })).toEqual([])
})

test('rejects a table of roles without the claim to which it applies', () => {
  expect(oidc({ roles: { 'agents-admins': ['administer'] } })).toEqual([
    "access.roles = { 'agents-admins': [ 'administer' ] }: Has no effect without access.claims.roles, the name of the claim whose values it maps to roles. Add access.claims: { roles: '…' }, or remove it.",
  ])
})

test('rejects users who can do nothing', () => {
  expect(oidc({ defaultRoles: [] })).toEqual([
    "access.defaultRoles = []: Must name at least one role, because no claim gives roles: no user could do anything. Add a role, or add access.claims: { roles: '…' }.",
  ])
})

test.each([
  ['clockSkewSeconds', 301],
  ['algorithms', ['HS256']],
  ['algorithms', ['none']],
  ['algorithms', []],
  ['defaultRoles', ['owner']],
  ['audience', ''],
])('rejects access.%s = %j', (field, value) => {
  expect(oidc({ [field]: value }).join()).toContain(`access.${field}`)
})

test('accepts the time of trust of API keys up to 300 seconds, and for no other kind of sign-in', () => {
  const keys = (trustSeconds: number) => sentencesAbout({ ...soundInput, access: { kind: 'api-keys', trustSeconds } })
  expect(keys(300)).toEqual([])
  expect(keys(301).join()).toContain('access.trustSeconds')
  expect(oidc({ trustSeconds: 60 }).join()).toContain('access.trustSeconds')
})

test('an issuer inside the cluster needs a destination', () => {
  const issuer = 'https://keycloak.identity.svc:8443/realms/agents'
  expect(oidc({ issuer })).toEqual([
    `access.issuer = "${issuer}": Is not a public host at port 443, so no NetworkPolicy allows connections to it. Add access.destination: { kind: 'pods', namespace: 'identity', labels, ports }, with the labels and ports of the Service's pods.`,
  ])
  const destination = { kind: 'pods', namespace: 'identity', labels: { app: 'keycloak' }, ports: [8443] }
  expect(oidc({ issuer, destination })).toEqual([])
})
