/** A way to write a phrase so that a model reads it and a plain filter doesn't. */
export interface SmuggledForm {
  readonly name: string
  /** @param salt varies what a form leaves open, such as where it breaks a word */
  readonly write: (phrase: string, salt: number) => string
}

const each = (phrase: string, write: (character: string, index: number) => string): string =>
  Array.from(phrase).map(write).join('')
const bytes = (phrase: string): Buffer => Buffer.from(phrase, 'utf8')
const base64 = (phrase: string): string => bytes(phrase).toString('base64')
const pick = (from: string | readonly string[], salt: number): string => from[Math.abs(salt) % from.length] ?? ''

const alike: Readonly<Record<string, string>> = {
  a: 'аɑᴀ',
  c: 'сϲᴄ',
  e: 'еєᴇ',
  h: 'һհʜ',
  i: 'іιɪ',
  j: 'јʝ',
  n: 'ոɴп',
  o: 'оοᴏ',
  p: 'рρᴘ',
  r: 'гʀ',
  s: 'ѕꜱ',
  u: 'υսᴜ',
  v: 'νѵᴠ',
  x: 'хχ',
  y: 'уγʏ',
}
const invisible = ['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u180e', '\ufe0f', '\u2063', '\u034f']
const bidi = ['\u200e', '\u200f', '\u202a', '\u202c', '\u2066', '\u2069', '\u061c']
const leet: Readonly<Record<string, string>> = { a: '4@', e: '3', i: '1', l: '1', o: '0', s: '5$', t: '7' }

const rot13 = (phrase: string): string =>
  phrase.replace(/[a-z]/gi, (letter) => {
    const base = letter <= 'Z' ? 65 : 97
    return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base)
  })

/** The forms that the issue of input validation names, and some near them. All but the last few keep the phrase to the byte. */
export const smuggledForms: readonly SmuggledForm[] = [
  { name: 'zero-width', write: (phrase, salt) => each(phrase, (one, index) => one + pick(invisible, salt + index)) },
  {
    name: 'tag characters',
    write: (phrase) => each(phrase, (one) => String.fromCodePoint(0xe0000 + (one.codePointAt(0) ?? 0))),
  },
  {
    name: 'variation selectors',
    write: (phrase) =>
      `😀${[...bytes(phrase)].map((byte) => String.fromCodePoint(byte < 16 ? 0xfe00 + byte : 0xe0100 + byte - 16)).join('')}`,
  },
  {
    name: 'bidi controls',
    write: (phrase, salt) => each(phrase, (one, index) => (index % 3 === 0 ? pick(bidi, salt + index) : '') + one),
  },
  { name: 'bidi override', write: (phrase) => `\u202e${Array.from(phrase).reverse().join('')}\u202c` },
  {
    name: 'homoglyphs',
    write: (phrase, salt) => each(phrase, (one, index) => (alike[one] ? pick(alike[one], salt + index) : one)),
  },
  {
    name: 'full width',
    write: (phrase) =>
      each(phrase, (one) => (one > ' ' && one <= '~' ? String.fromCharCode(one.charCodeAt(0) + 0xfee0) : one)),
  },
  {
    name: 'mathematical letters',
    write: (phrase) =>
      each(phrase, (one) => (/[a-z]/.test(one) ? String.fromCodePoint(0x1d41a + one.charCodeAt(0) - 97) : one)),
  },
  {
    name: 'combining marks',
    write: (phrase, salt) =>
      each(phrase, (one, index) => one + String.fromCharCode(0x300 + ((salt + index * 7) % 0x6f))),
  },
  { name: 'decimal entities', write: (phrase) => each(phrase, (one) => `&#${one.codePointAt(0)};`) },
  { name: 'hexadecimal entities', write: (phrase) => each(phrase, (one) => `&#x${one.codePointAt(0)?.toString(16)};`) },
  { name: 'base64', write: base64 },
  { name: 'base64 twice', write: (phrase) => base64(base64(phrase)) },
  { name: 'hexadecimal', write: (phrase) => bytes(phrase).toString('hex') },
  {
    name: 'spaced hexadecimal',
    write: (phrase) => [...bytes(phrase)].map((byte) => byte.toString(16).padStart(2, '0')).join(' '),
  },
  {
    name: 'url encoding',
    write: (phrase) => [...bytes(phrase)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  },
  {
    name: 'unicode escapes',
    write: (phrase) => each(phrase, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`),
  },
  { name: 'binary', write: (phrase) => [...bytes(phrase)].map((byte) => byte.toString(2).padStart(8, '0')).join(' ') },
  { name: 'rot13', write: rot13 },
  { name: 'reversed', write: (phrase) => Array.from(phrase).reverse().join('') },
  { name: 'spaced letters', write: (phrase, salt) => Array.from(phrase).join(pick([' ', '.', '-', '_'], salt)) },
  { name: 'without spaces', write: (phrase) => phrase.replace(/[^a-z0-9]/gi, '') },
  {
    name: 'leetspeak',
    write: (phrase, salt) => each(phrase, (one, index) => (leet[one] ? pick(leet[one], salt + index) : one)),
  },
]
