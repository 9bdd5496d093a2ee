import { guardedModel } from '../guarded-model.ts'
import type { FetchBounds } from '../watch.ts'
import { type BedrockAccess, bedrockClient } from './bedrock-client.ts'
import { everyModel, type MakeModel } from './make-model.ts'

/** Loads AWS' package for Bedrock. The SDK of AWS has its own HTTP client, so the timeouts are around the model's stream. */
export async function bedrock(access: BedrockAccess, bounds: FetchBounds): Promise<MakeModel> {
  const [{ ChatBedrockConverse }, client] = await Promise.all([import('@langchain/aws'), bedrockClient(access)])
  const { region } = access
  return (model) =>
    guardedModel(new ChatBedrockConverse({ ...everyModel, model, region, client }), bounds, 'messageStop')
}
