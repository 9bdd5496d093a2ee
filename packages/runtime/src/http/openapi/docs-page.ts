import { createHash } from 'node:crypto'
import type { OpenApiDocument } from './openapi-document.ts'

const style = `
body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1f24;background:#fff}
h2{margin-top:2.5rem}code,pre{font:13px/1.45 ui-monospace,monospace}
pre{background:#f4f5f7;padding:.7rem;overflow-x:auto;border-radius:4px}
details{border:1px solid #d5d9df;border-radius:4px;margin:.4rem 0;padding:.4rem .8rem}
summary{cursor:pointer}summary b{display:inline-block;min-width:4.2rem;font-family:ui-monospace,monospace}
table{border-collapse:collapse;width:100%;margin:.5rem 0}td,th{text-align:left;vertical-align:top;padding:.2rem .7rem .2rem 0}
td:first-child{white-space:nowrap}
@media (prefers-color-scheme:dark){body{color:#d6dae0;background:#14171b}pre{background:#1f242b}details{border-color:#363d47}a{color:#8ab4ff}}
`

/** Value of the header Content-Security-Policy: the page loads nothing, runs no script, and has one style. */
export const docsPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const text = (value: unknown): string => String(value ?? '').replaceAll(/[&<>"']/g, (one) => escapes[one] ?? one)
/** A text with its code spans. */
const prose = (value: unknown): string => text(value).replaceAll(/`([^`]+)`/g, '<code>$1</code>')

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const records = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.filter(isRecord) : [])
const entries = (value: unknown): [string, unknown][] => (isRecord(value) ? Object.entries(value) : [])
const at = (value: unknown, key: string): unknown => (isRecord(value) ? value[key] : undefined)

const json = (value: unknown): string => {
  const shown = text(JSON.stringify(value, null, 2))
  return `<pre>${shown.replaceAll(/&quot;#\/components\/schemas\/(\w+)&quot;/g, '<a href="#schema-$1">$1</a>')}</pre>`
}

const table = (rows: readonly (readonly string[])[]): string =>
  `<table>${rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table>`

function content(value: unknown): string {
  return entries(value)
    .map(([type, media]) =>
      type === 'application/json' ? json(at(media, 'schema')) : `<p><code>${text(type)}</code></p>`,
    )
    .join('')
}

function operationHtml(method: string, path: string, operation: unknown): string {
  const parameters = records(at(operation, 'parameters')).map(({ name, in: place, required, schema, description }) => [
    `<code>${text(name)}</code>`,
    `${text(place)}${required === true ? ', required' : ''}`,
    `${description === undefined ? '' : `${prose(description)} `}<code>${text(JSON.stringify(schema))}</code>`,
  ])
  const body = at(at(operation, 'requestBody'), 'content')
  const answers = entries(at(operation, 'responses')).map(([status, answer]) => [
    `<code>${text(status)}</code>`,
    `${prose(at(answer, 'description'))}${Number(status) < 400 ? content(at(answer, 'content')) : ''}`,
  ])
  const description = at(operation, 'description')
  return [
    `<details><summary><b>${text(method.toUpperCase())}</b> <code>${text(path)}</code> ${prose(at(operation, 'summary'))}</summary>`,
    description === undefined ? '' : `<p>${prose(description)}</p>`,
    parameters.length > 0 ? `<h4>Parameters</h4>${table(parameters)}` : '',
    body === undefined ? '' : `<h4>Body</h4>${content(body)}`,
    `<h4>Answers</h4>${table(answers)}</details>`,
  ].join('')
}

/** Renders an OpenAPI document as an HTML page that loads nothing from elsewhere and runs no script. */
export function docsPage(document: OpenApiDocument): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  const sections = document.tags.map(({ name, description }) => {
    const own = operations.filter(({ operation }) => at(operation, 'tags')?.toString() === name)
    return `<h2>${text(name)}</h2><p>${prose(description)}</p>${own.map(({ method, path, operation }) => operationHtml(method, path, operation)).join('')}`
  })
  const schemas = entries(document.components.schemas).map(
    ([id, schema]) => `<details id="schema-${text(id)}"><summary>${text(id)}</summary>${json(schema)}</details>`,
  )
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<title>API of ${text(document.info.title)}</title><style>${style}</style></head><body>`,
    `<h1>API of ${text(document.info.title)} ${text(document.info.version)}</h1><p>${prose(document.info.description)} `,
    '<a href="openapi.json">openapi.json</a> is this page for programs.</p>',
    ...sections,
    `<h2>Schemas</h2>${schemas.join('')}</body></html>`,
  ].join('')
}
