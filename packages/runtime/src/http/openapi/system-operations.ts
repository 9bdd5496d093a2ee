import { z } from 'zod'
import { OkQuery } from '../health.ts'
import type { Operations } from './operation.ts'

const Ok = z.object({ ok: z.literal(true) })

export const systemOperations: Operations = {
  'GET /': {
    tag: 'System',
    summary: 'Whether the server answers',
    answers: { 200: { description: 'It does.', schema: Ok } },
  },
  'GET /ok': {
    tag: 'System',
    summary: 'Whether the server, and with `check_db` its database, answers',
    query: OkQuery,
    answers: { 200: { description: 'It does.', schema: Ok } },
  },
  'GET /health': {
    tag: 'System',
    summary: 'Liveness, for Kubernetes',
    answers: { 200: { description: 'The process lives.', schema: z.object({ status: z.literal('healthy') }) } },
  },
  'GET /ready': {
    tag: 'System',
    summary: 'Readiness, for Kubernetes',
    answers: {
      200: {
        description: 'The server accepts requests.',
        schema: z.looseObject({ status: z.literal('ready'), redis: z.enum(['ready', 'degraded']).optional() }),
      },
      503: {
        description: 'It does not: it shuts down, or its database does not answer.',
        schema: z.object({ status: z.literal('not ready') }),
      },
    },
  },
  'GET /info': {
    tag: 'System',
    summary: 'Version and features of the server',
    answers: {
      200: {
        description: 'The version, and whether each feature is served.',
        schema: z.looseObject({ version: z.string(), flags: z.record(z.string(), z.unknown()) }),
      },
    },
  },
  'GET /openapi.json': {
    tag: 'System',
    summary: 'This document',
    answers: {
      200: { description: 'An OpenAPI 3.1 document.', schema: z.looseObject({ openapi: z.literal('3.1.0') }) },
    },
  },
  'GET /docs': {
    tag: 'System',
    summary: 'This document as a page',
    answers: { 200: { description: 'A page that loads nothing from elsewhere.', type: 'text/html' } },
  },
}
