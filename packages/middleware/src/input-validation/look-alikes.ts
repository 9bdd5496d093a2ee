/**
 * Characters that look like a Latin letter and that Unicode's compatibility form NFKD does not change: `[letter, its look-alikes]`. They come
 * from scripts with similar letters, from the small capitals of the phonetic alphabet, and from Latin letters turned upside down.
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

/** Code points of the first letter of alphabets of 26 symbols: squared and negative letters, and the letters of flags. */
const alphabets = [0x1f130, 0x1f150, 0x1f170, 0x1f1e6]

/** The plain lower-case character of each look-alike. If a look-alike is in the list of two characters, the first one is used. */
export const plainCharacters: ReadonlyMap<string, string> = new Map([
  ...lookAlikes.toReversed().flatMap(([plain, alike]) => Array.from(alike, (one): [string, string] => [one, plain])),
  ...alphabets.flatMap((first) =>
    Array.from({ length: 26 }, (_, index): [string, string] => [
      String.fromCodePoint(first + index),
      String.fromCharCode(97 + index),
    ]),
  ),
])
