import { readableText } from './readable-text.ts'

/** Types of content blocks with an image, audio or a file instead of text, in the formats of LangChain, OpenAI, Anthropic and Google. */
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
/** Length in UTF-16 units of the sample that is decoded to check whether the data is text. */
const decodedSample = 65_536
const header = /^data:[\w.+-]{1,100}\/[\w.+-]{1,100}(?:;[\w.=+-]{1,100}){0,5};base64,/
/** Names of fields that are inspected as text in content blocks of every type. */
const textFields: ReadonlySet<string> = new Set(['text', 'content', 'title', 'context'])

/** Whether a value is a content block with an image, audio or a file. */
export const isBinaryBlock = (value: object): boolean =>
  'type' in value && typeof value.type === 'string' && binaryBlocks.has(value.type)

/**
 * Whether a string in a content block is binary data in base64, which has no text to inspect. A text file in base64 is not binary data, nor is a
 * text that pretends to be an image.
 */
export function isBinaryData(field: string, text: string): boolean {
  if (text.length < shortestData || textFields.has(field)) return false
  const start = header.exec(text)?.[0].length ?? 0
  if (!isBase64(text, start)) return false
  return readableText(Buffer.from(text.slice(start, start + decodedSample), 'base64')) === undefined
}

/** For each byte, 1 if it can occur in base64: in one of the two alphabets, in padding or in line breaks. */
const base64Units = new Uint8Array(256)
for (const unit of Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=\r\n'))
  base64Units[unit] = 1

function isBase64(text: string, start: number): boolean {
  for (let at = start; at < text.length; at += 1) if (base64Units[text.charCodeAt(at)] !== 1) return false
  return true
}
