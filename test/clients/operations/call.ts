import type { Answer, Call, Request, Send } from './case.ts'

async function sent(
  url: string,
  operation: string,
  { path = {}, query = '', body, headers = {}, onHeaders = () => {} }: Request,
): Promise<Answer> {
  const [method = '', template = ''] = operation.split(' ')
  const address = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ''))
  const response = await fetch(`${url}${address}${query === '' ? '' : `?${query}`}`, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  onHeaders()
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined }
}

/** Sends requests of one operation to a server. @param onAnswer called with each response */
export const callOf =
  (url: string, operation: string, onAnswer: (answer: Answer) => void = () => {}): Call =>
  async (request = {}) => {
    const answer = await sent(url, operation, request)
    onAnswer(answer)
    return answer
  }

/** Sends requests of any operation to a server, which must succeed. */
export const sendTo =
  (url: string): Send =>
  async (operation, request = {}) => {
    const { status, text, body } = await sent(url, operation, request)
    if (status >= 300) throw new Error(`${operation} was answered with status ${status}: ${text}`)
    return (body ?? {}) as Record<string, unknown>
  }
