import { readableText } from './readable-text.ts'

/** Decoded form of an encoded text inside another text. */
export interface DecodedText {
  readonly text: string
  /** Offset of the start of the encoded form in the surrounding text. `end` is the offset of its end. */
  readonly at: number
  readonly end: number
  readonly by: string
}

/** Minimum length in characters of base64 that is decoded. Shorter runs are ordinary identifiers. */
const leastBase64 = 16

interface Run {
  readonly run: string
  readonly at: number
  readonly end: number
}

const lineWrap = /^[ \t]*\r?\n[ \t]*$/

/** Runs of characters of an alphabet. Runs that only a line break separates are joined, because encoders wrap lines. */
function runsOf(text: string, alphabet: RegExp, wrapAt: number): Run[] {
  const runs: Run[] = []
  for (const match of text.matchAll(alphabet)) {
    const at = match.index
    const before = runs.at(-1)
    if (before && before.run.length >= wrapAt && at - before.end <= 8 && lineWrap.test(text.slice(before.end, at)))
      runs[runs.length - 1] = { run: before.run + match[0], at: before.at, end: at + match[0].length }
    else runs.push({ run: match[0], at, end: at + match[0].length })
  }
  return runs
}

type Decoder = (text: string) => DecodedText[]

const decoded = (by: string, runs: readonly Run[], decode: (run: string) => Buffer | undefined): DecodedText[] =>
  runs.flatMap(({ run, at, end }) => {
    const bytes = decode(run)
    const text = bytes && readableText(bytes)
    return text === undefined ? [] : [{ text, at, end, by }]
  })

const base64: Decoder = (text) =>
  decoded(
    'base64',
    runsOf(text, /[A-Za-z0-9+/_-]{12,}={0,2}/g, 48).filter(({ run }) => run.length >= leastBase64),
    (run) => Buffer.from(run, 'base64'),
  )

const hex: Decoder = (text) => {
  const solid = runsOf(text, /[0-9a-fA-F]{20,}/g, 48)
  const spaced = runsOf(
    text,
    /(?<![0-9a-zA-Z])(?:(?:0x|\\x)?[0-9a-fA-F]{2}(?:[:,;] ?| |\n)){8,}(?:0x|\\x)?[0-9a-fA-F]{2}/g,
    1e9,
  )
  return decoded('hex', [...solid, ...spaced], (run) => {
    const digits = run.replace(/0x|[^0-9a-fA-F]/g, '')
    return Buffer.from(digits.length % 2 === 0 ? digits : digits.slice(0, -1), 'hex')
  })
}

const binary: Decoder = (text) =>
  decoded('binary', runsOf(text, /(?:[01]{8}[\s,]{0,2}){4,}/g, 1e9), (run) => {
    const bits = run.replace(/[^01]/g, '')
    return Buffer.from(
      Array.from({ length: bits.length >> 3 }, (_, index) => Number.parseInt(bits.slice(index * 8, index * 8 + 8), 2)),
    )
  })

const base32Letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const base32: Decoder = (text) =>
  decoded('base32', runsOf(text, /[A-Z2-7]{20,}={0,6}/g, 48), (run) => {
    const bytes: number[] = []
    let bits = 0
    let value = 0
    for (const letter of run.replace(/=/g, '')) {
      value = ((value << 5) | base32Letters.indexOf(letter)) & 0xfff
      bits += 5
      if (bits >= 8) {
        bits -= 8
        bytes.push((value >> bits) & 0xff)
      }
    }
    return Buffer.from(bytes)
  })

/** Bytes of base 85 digits: each group of five digits is four bytes. */
function base85Bytes(digits: readonly number[]): Buffer | undefined {
  const bytes: number[] = []
  for (let at = 0; at < digits.length; at += 5) {
    const group = digits.slice(at, at + 5)
    const missing = 5 - group.length
    while (group.length < 5) group.push(84)
    const value = group.reduce((sum, digit) => sum * 85 + digit, 0)
    if (value > 0xffffffff) return undefined
    for (let byte = 0; byte < 4 - missing; byte += 1) bytes.push(Math.floor(value / 256 ** (3 - byte)) % 256)
  }
  return Buffer.from(bytes)
}

const rfc1924 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~'
const base85: Decoder = (text) => {
  const marked = runsOf(text, /<~[!-u\s]{10,}~>/g, 1e9)
  const bare = runsOf(text, /[0-9A-Za-z!#$%&()*+\-;<=>?@^_`{|}~]{40,}/g, 1e9).filter(({ run }) => /[^\w+/=-]/.test(run))
  return [
    ...decoded('ascii85', marked, (run) =>
      base85Bytes(Array.from(run.slice(2, -2).replace(/\s/g, ''), (digit) => digit.charCodeAt(0) - 33)),
    ),
    ...decoded('base85', bare, (run) => base85Bytes(Array.from(run, (digit) => rfc1924.indexOf(digit)))),
  ]
}

const morseCode =
  '.- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- --..'.split(
    ' ',
  )
const morseLetters = new Map(morseCode.map((signs, index) => [signs, String.fromCharCode(97 + index)]))
const morse: Decoder = (text) => {
  if (!/[.-]{1,5} [.-]{1,5} [.-]/.test(text)) return []
  return runsOf(text, /[.\- /|]{24,}/g, 1e9).flatMap(({ run, at, end }) => {
    const words = run.trim().split(/[/|]| {2,}/)
    const read = words.map((word) =>
      word
        .trim()
        .split(' ')
        .map((signs) => morseLetters.get(signs) ?? '')
        .join(''),
    )
    const out = read.filter((word) => word !== '').join(' ')
    return out.length >= 8 ? [{ text: out, at, end, by: 'morse' }] : []
  })
}

const named: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  vert: '|',
  colon: ':',
  sol: '/',
  num: '#',
  lowbar: '_',
  period: '.',
  comma: ',',
  excl: '!',
  Tab: ' ',
  NewLine: '\n',
  shy: '',
  zwnj: '',
  zwj: '',
  ZeroWidthSpace: '',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
}
const character = (code: number): string => (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '')

const escapes: readonly {
  readonly by: string
  readonly mark: string
  /** Minimum total length of the escape sequences in a text that is decoded. */
  readonly least: number
  readonly sign: RegExp
  readonly read: (sign: string) => string
}[] = [
  {
    by: 'entities',
    mark: '&',
    least: 4,
    sign: /&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,14});?/g,
    read: (sign) => {
      const body = sign.slice(1).replace(/;$/, '')
      if (!body.startsWith('#')) return named[body] ?? sign
      return character(/^#x/i.test(body) ? Number.parseInt(body.slice(2), 16) : Number.parseInt(body.slice(1), 10))
    },
  },
  {
    by: 'url',
    mark: '%',
    least: 6,
    sign: /(?:%[0-9a-fA-F]{2})+/g,
    read: (sign) => Buffer.from(sign.replace(/%/g, ''), 'hex').toString('utf8'),
  },
  {
    by: 'escapes',
    mark: '\\',
    least: 12,
    sign: /\\(?:u[0-9a-fA-F]{4}|u\{[0-9a-fA-F]{1,6}\}|x[0-9a-fA-F]{2}|U[0-9a-fA-F]{8})/g,
    read: (sign) => character(Number.parseInt(sign.replace(/[^0-9a-fA-F]/g, ''), 16)),
  },
]

/** Decodes the lines of a text that contain escaped characters. */
const unescaped: Decoder = (text) =>
  escapes.flatMap(({ by, mark, least, sign, read }) => {
    if (!text.includes(mark)) return []
    const lines: string[] = []
    let first = -1
    let end = 0
    let signs = 0
    for (let at = 0; at < text.length; ) {
      const newline = text.indexOf('\n', at)
      const until = newline < 0 ? text.length : newline
      const line = text.slice(at, until)
      if (line.includes(mark)) {
        const plain = line.replace(sign, (sign) => {
          const character = read(sign)
          if (character !== sign) signs += sign.length
          return character
        })
        if (plain !== line) {
          lines.push(plain)
          if (first < 0) first = at
          end = until
        }
      }
      at = until + 1
    }
    return signs >= least ? [{ text: lines.join('\n'), at: first, end, by }] : []
  })

const decoders: readonly Decoder[] = [base64, hex, binary, base32, base85, morse, unescaped]

/** Decoded forms of all encoded texts inside a text. Each decoder takes time that grows linearly with the text's length. */
export const decodedTexts = (text: string): DecodedText[] => decoders.flatMap((decode) => decode(text))
