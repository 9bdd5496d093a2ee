import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { nearestName } from '@hadal/platform/nearest-name'
import { fetchManifests, pathInRepository } from '@hadal/platform/operators/fetch-manifests'
import {
  OperatorPin,
  operatorPinsFile,
  type PinnedName,
  pinnedNames,
  readOperatorPins,
  sourceOf,
} from '@hadal/platform/operators/operator-pins'
import { checksumOf } from '@hadal/platform/operators/pinned-manifests'
import { PlainError } from '../plain-error.ts'
import { type DescribedManifests, describedManifests } from './described-manifests.ts'

export interface PinOperatorOptions {
  /** Root folder of the repository that contains `infra/`. */
  readonly root: string
  /** Argument of the command: the name of the operator. */
  readonly name: string
  /** Version to pin, with or without a leading `v`. Default: the version in the manifests' labels, or the recorded one. */
  readonly version: string | undefined
  /** Address or path of the manifests. Default: the recorded one. */
  readonly from: string | undefined
  readonly write: (line: string) => void
}

/**
 * Fetches the manifests of an operator, prints what they contain, and records their source, version and checksum in `infra/operators.json`. If
 * anything is wrong with them, nothing is written.
 *
 * @throws {PlainError} if an argument is invalid or the manifests can't be fetched or are not those of the operator
 */
export async function pinOperator({ root, name, version, from, write }: PinOperatorOptions): Promise<void> {
  if (!isPinnedName(name)) throw new PlainError(unknownName(name))
  const pins = readOperatorPins(root)
  const before = pins[name]
  const asked = {
    ...before,
    ...(from !== undefined && { from }),
    ...(version !== undefined && { version: bare(version) }),
  }
  const source = sourceOf(asked)
  const { bytes, text, servedBy } = await fetched(name, source, root)
  const described = describedManifests(name, text, servedBy)
  if (name === 'redis-operator' && !/GenerateConfigInInitContainer=true/.test(text))
    throw new PlainError(
      `${name} is not pinned. ${servedBy} does not switch on the feature gate GenerateConfigInInitContainer, without which its Redis pods don't start. ${redisChart}`,
    )
  const pin: OperatorPin = {
    project: before.project,
    version: versionOf(name, described, asked.version, version === undefined && from !== undefined),
    sha256: checksumOf(bytes),
    from: asked.from,
  }
  if (from !== undefined) pin.from = recordedSource(from, pin.version, root)
  const checked = OperatorPin.safeParse(pin)
  if (!checked.success)
    throw new PlainError(`Invalid version: "${pin.version}". Write three numbers, e.g. "--version 2.21.0".`)
  writePins(root, { ...pins, [name]: checked.data })

  write(`${name} ${pin.version}`)
  write(`  from    ${servedBy}${servedBy === source ? '' : `, redirected from ${source}`}`)
  write(`  sha256  ${pin.sha256}`)
  write(`  size    ${bytes.length} bytes`)
  write(`  kinds   ${[...described.kinds].map(([kind, count]) => `${count} ${kind}`).join(', ')}`)
  for (const image of described.images) write(`  image   ${image}`)
  for (const image of described.passedImages) write(`  image   ${image}, for pods that the operator creates`)
  if (before.sha256 !== null && before.version === pin.version && before.sha256 !== pin.sha256)
    write(
      `Attention: ${name} ${pin.version} was pinned with the checksum ${before.sha256}. A released version should never change. Find out why it did.`,
    )
  write(
    `${operatorPinsFile} is updated. Compare the checksum and the images with what ${pin.project} published, review the difference and commit it.`,
  )
}

const isPinnedName = (name: string): name is PinnedName => pinnedNames.some((known) => known === name)

function unknownName(name: string): string {
  const near = nearestName(name, pinnedNames)
  return `Unknown operator: "${name}". ${near ? `Write "${near}" if that is meant. ` : ''}Known names: ${pinnedNames.join(', ')}.`
}

const bare = (version: string): string => version.replace(/^v/, '')

/** Fetches the manifests. An error of the source becomes an error of the command, with the way to make the manifests of a chart. */
async function fetched(name: PinnedName, source: string, root: string) {
  try {
    return await fetchManifests(source, root)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new PlainError(`${name} is not pinned. ${reason}${name === 'redis-operator' ? ` ${redisChart}` : ''}`)
  }
}

const redisChart =
  'The redis-operator publishes only a Helm chart. Render it with its feature gate, and pin the result: "helm template redis-operator <chart> --namespace ot-operators --include-crds --no-hooks --set featureGates.GenerateConfigInInitContainer=true --set redisOperator.imageTag=v0.26.0 --set redisOperator.initContainerImageTag=v0.26.0 > infra/operators/redis-operator.yaml". See docs/how-to/pin-an-operator.md.'

/**
 * The version of the manifests, which must be in the tag of an image or in a Deployment's label: otherwise the file is of another version or
 * another build.
 */
function versionOf(
  name: PinnedName,
  { images, labelled }: DescribedManifests,
  expected: string,
  mayDiffer: boolean,
): string {
  const [labelledVersion] = labelled
  const version = mayDiffer && labelledVersion !== undefined && labelled.length === 1 ? labelledVersion : expected
  const tags = images.map((image) => /:v?([^/:@]+)(@|$)/.exec(image)?.[1])
  if (tags.includes(version) || labelled.includes(version)) return version
  throw new PlainError(
    `${name} is not pinned. The manifests are not those of version ${version}: their images are ${images.join(', ') || 'none'}. Name the version with --version, or use the manifests of that version.`,
  )
}

/** The source as it is recorded: a path relative to the repository's root, or an address with `{version}` in place of the version. */
function recordedSource(from: string, version: string, root: string): string {
  const source = /^[a-z]+:\/\//i.test(from) ? from : pathInRepository(from, root)
  return source.replaceAll(version, '{version}')
}

/** Writes the pins through a temporary file, so that a full disk leaves the old file unchanged. */
function writePins(root: string, pins: object): void {
  const unfinished = join(root, `${operatorPinsFile}.new`)
  writeFileSync(unfinished, `${JSON.stringify(pins, null, 2)}\n`)
  renameSync(unfinished, join(root, operatorPinsFile))
}
