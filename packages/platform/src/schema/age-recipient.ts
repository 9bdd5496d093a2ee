import { z } from 'zod'

const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3] as const
/** Text before the separator `1` of an age recipient. */
const prefix = 'age'

/** Checksum of Bech32 (BIP 173) over values of five bits. It is 1 for a valid text. */
function checksum(values: readonly number[]): number {
  let sum = 1
  for (const value of values) {
    const top = sum >>> 25
    sum = ((sum & 0x1ffffff) << 5) ^ value
    generators.forEach((generator, bit) => {
      if ((top >>> bit) & 1) sum ^= generator
    })
  }
  return sum
}

/** Whether a text is an age recipient, with a valid checksum: a mistyped letter would make every backup fail. */
function isRecipient(text: string): boolean {
  if (!/^age1[02-9ac-hj-np-z]{58}$/.test(text)) return false
  const letters = [...prefix]
  const high = letters.map((letter) => letter.charCodeAt(0) >>> 5)
  const low = letters.map((letter) => letter.charCodeAt(0) & 31)
  const data = [...text.slice(prefix.length + 1)].map((letter) => alphabet.indexOf(letter))
  return checksum([...high, 0, ...low, ...data]) === 1
}

/** Schema of an age recipient: the public key that encrypts backups. */
export const AgeRecipient = z
  .string()
  .refine(
    isRecipient,
    'an age recipient as age-keygen prints it: "age1" and 58 letters and digits with a valid checksum',
  )
