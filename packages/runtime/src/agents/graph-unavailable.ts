/** Error of a graph that can't be used: it could not be loaded, or its function failed. The message is a sentence for clients. */
export class GraphUnavailable extends Error {
  constructor(sentence: string, cause?: unknown) {
    super(sentence, { cause })
    this.name = 'GraphUnavailable'
  }
}
