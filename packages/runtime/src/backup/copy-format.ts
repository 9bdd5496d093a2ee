/** Signature at the beginning of a stream in PostgreSQL's binary COPY format. */
export const copySignature: Buffer = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1')

/** Header of a stream in PostgreSQL's binary COPY format: signature, flags, and the length of the extension, which is always empty. */
export const copyHeader: Buffer = Buffer.concat([copySignature, Buffer.alloc(8)])

/** End of a stream in PostgreSQL's binary COPY format: a row with -1 fields. */
export const copyEnd: Buffer = Buffer.from([0xff, 0xff])

/** Number of bytes of a row's number of fields, at the beginning of the row. */
export const fieldCountBytes = 2

/** Number of bytes of a field's length, at the beginning of the field. NULL has the length -1. */
export const fieldLengthBytes = 4

/** Number of bytes of a uuid. */
export const uuidBytes = 16
