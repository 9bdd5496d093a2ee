import { readableText } from './readable-text.ts'

/** Content blocks whose data a model gets as a picture, a sound or a file, and not as text, by their `type` (LangChain, OpenAI, Anthropic, Google). */
const binaryBlocks: ReadonlySet<string> = new Set([
  'image',
  'image_url',
  'input_image',
  'audio',
  'input_audio',
  'video',
  'file',
  'input_file',
  'document',
  'media',
])

/** Minimum length, in UTF-16 units, of data that may count as binary. Shorter data is inspected as text, which is cheap. */
const shortestData = 1_024
/** How much of the data is decoded to see whether it is text, in UTF-16 units. */
const decodedSample = 65_536
const header = /^data:[\w.+-]{1,100}\/[\w.+-]{1,100}(?:;[\w.=+-]{1,100}){0,5};base64,/
/** Names of fields that are inspected as text in a block of any type. */
const textFields: ReadonlySet<string> = new Set(['text', 'content', 'title', 'context'])

/** Whether a value is a content block that carries a picture, a sound or a file. */
export const isBinaryBlock = (value: object): boolean =>
  'type' in value && typeof value.type === 'string' && binaryBlocks.has(value.type)

/**
 * Whether a string of such a block is binary data in base64, which has no text to inspect. A file of text in base64 is none, nor is a text that pretends to
 * be a picture.
 */
export function isBinaryData(field: string, text: string): boolean {
  if (text.length < shortestData || textFields.has(field)) return false
  const start = header.exec(text)?.[0].length ?? 0
  if (!isBase64(text, start)) return false
  return readableText(Buffer.from(text.slice(start, start + decodedSample), 'base64')) === undefined
}

/** For each byte, whether base64 is written with it, in either alphabet and with line breaks. */
const base64Units = new Uint8Array(256)
for (const unit of Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=\r\n'))
  base64Units[unit] = 1

function isBase64(text: string, start: number): boolean {
  for (let at = start; at < text.length; at += 1) if (base64Units[text.charCodeAt(at)] !== 1) return false
  return true
}
