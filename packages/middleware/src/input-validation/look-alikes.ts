/**
 * Characters that a reader takes for a Latin letter and that Unicode's own compatibility forms (NFKD) leave as they are: `[letter, its
 * look-alikes]`. Drawn from the scripts whose letters share shapes with Latin, from the phonetic alphabet's small capitals, and from letters
 * that are Latin ones turned upside down.
 */
const lookAlikes: readonly (readonly [string, string])[] = [
  ['a', 'аαɑᴀɐ∀Ꭺᗅ𐊠ΑАⱯ⍺æ'],
  ['b', 'вьβʙƅɓᏏᗷΒВЬᛒ'],
  ['c', 'сϲᴄɔⅽⲥСϹᏟƈↄ¢'],
  ['d', 'ԁɗᴅᏧᗞᑯđðժ'],
  ['e', 'еєεɛᴇǝɘэєЕЕΕЄᎬҽⅇ℮ⲉ'],
  ['f', 'ғƒꜰғϝᖴʄք'],
  ['g', 'ɡɢցԍƃᏀɠԌ'],
  ['h', 'һʜɥнНΗհᎻҺⲎիћ'],
  ['i', 'іιıɪӏІΙӀᎥⲓɩⵏ¡ꙇ'],
  ['j', 'јʝᴊɾЈϳյ'],
  ['k', 'кκᴋʞКΚᏦⲔƙқ'],
  ['l', 'ⅼʟłꓡᏞ∣ǀɭⵑן'],
  ['m', 'мᴍɯМΜᎷⅿⲘϺ'],
  ['n', 'пηɴпոΝƞɲռղ'],
  ['o', 'оοσᴏөОΟօⲟøΘθഠ๐໐〇ס०੦૦ჿ'],
  ['p', 'рρᴘРΡᏢⲣքþ'],
  ['q', 'ԛգզԚƣ'],
  ['r', 'гʀɹᴦгᎡᖇɼЯя'],
  ['s', 'ѕꜱЅᏚՏʂƨ§'],
  ['t', 'тτᴛʇТΤᎢⲧŧ'],
  ['u', 'υᴜսцΥʋ∪ՍᑌμⲨ'],
  ['v', 'νѵᴠʌѴᏙⅴ∨ⱱ'],
  ['w', 'ԝωᴡʍѡшԜᎳա'],
  ['x', 'хχхХΧᕁⅹ×ⲭ'],
  ['y', 'уγʏʎУΥүҮᎽყɏ'],
  ['z', 'ᴢΖᏃʐƶ'],
  ['0', '߀০'],
  ["'", '’‘ʼʹ′`´'],
  ['-', '‐‑‒–—―−'],
  ['|', '｜¦ǀ∣│┃'],
  ['<', '‹〈❮'],
  ['>', '›〉❯'],
  [':', '：։ː∶꞉'],
]

/** Squared letters, plain and negative, and the letters that make up flags: runs of 26, from A. */
const alphabets = [0x1f130, 0x1f150, 0x1f170, 0x1f1e6]

/** The plain lower-case character of each look-alike. Where a shape stands for two letters, the first one above holds. */
export const plainCharacters: ReadonlyMap<string, string> = new Map([
  ...lookAlikes.toReversed().flatMap(([plain, alike]) => Array.from(alike, (one): [string, string] => [one, plain])),
  ...alphabets.flatMap((first) =>
    Array.from({ length: 26 }, (_, index): [string, string] => [
      String.fromCodePoint(first + index),
      String.fromCharCode(97 + index),
    ]),
  ),
])
