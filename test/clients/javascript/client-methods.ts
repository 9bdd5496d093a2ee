import { Client } from '@langchain/langgraph-sdk'

/** Properties of a prototype's chain up to the class that all parts of the client share. */
function ownMethods(part: object, shared: object): string[] {
  const found: string[] = []
  for (
    let proto: unknown = Object.getPrototypeOf(part);
    isObject(proto) && proto !== shared;
    proto = Object.getPrototypeOf(proto)
  )
    for (const name of Object.getOwnPropertyNames(proto)) if (name !== 'constructor') found.push(name)
  return found
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** The public methods of the JavaScript client by reflection, such as `threads.create`. */
export function clientMethods(): string[] {
  const client = new Client({ apiUrl: 'http://127.0.0.1:1', apiKey: null })
  const parts = Object.entries(client).flatMap(([name, part]): [string, object][] =>
    isObject(part) ? [[name, part]] : [],
  )
  const [first] = parts
  // All parts extend one class, whose methods send requests.
  const shared: unknown = first && Object.getPrototypeOf(Object.getPrototypeOf(first[1]))
  if (!isObject(shared)) throw new Error('The client has no parts. Read its new structure, and change this function.')
  return parts.flatMap(([name, part]) => ownMethods(part, shared).map((method) => `${name}.${method}`)).toSorted()
}
