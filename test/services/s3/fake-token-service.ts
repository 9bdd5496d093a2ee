import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import type { S3Storage } from './s3-storage.ts'

/** A running fake of the token service, its address and the requests that it has received. */
export interface FakeTokenService {
  readonly url: string
  readonly requests: readonly URLSearchParams[]
  end(): void
}

/**
 * A fake of the token service of AWS: it answers AssumeRoleWithWebIdentity for one token with the access key of the storage. It checks no signature
 * of the token, and gives no session token, which the storage would refuse.
 */
export async function startFakeTokenService(token: string, storage: S3Storage): Promise<FakeTokenService> {
  const requests: URLSearchParams[] = []
  const server = createServer(async (request, response) => {
    const sent = new URLSearchParams(await text(request))
    requests.push(sent)
    if (sent.get('WebIdentityToken') !== token) {
      response.writeHead(400, { 'content-type': 'text/xml' })
      response.end(
        '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>InvalidIdentityToken</Code><Message>The token is not valid</Message></Error></ErrorResponse>',
      )
      return
    }
    response.writeHead(200, { 'content-type': 'text/xml' })
    response.end(
      `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>${storage.accessKeyId}</AccessKeyId><SecretAccessKey>${storage.secretAccessKey}</SecretAccessKey><Expiration>2100-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`,
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The fake token service has no port.')
  return { url: `http://127.0.0.1:${address.port}`, requests, end: () => server.close() }
}
