import { ApiObject, type Chart } from 'cdk8s'
import type { Manifest } from './manifest.ts'
import { type Wave, waveAnnotation } from './waves.ts'

/** Adds an object to a chart, in a sync wave. Names and labels are what the manifest says: the construct's own path never shows. */
export function addObject(chart: Chart, wave: Wave, manifest: Manifest): void {
  const { metadata } = manifest
  new ApiObject(chart, `${manifest.kind} ${metadata.name}`, {
    ...manifest,
    metadata: { ...metadata, annotations: { ...waveAnnotation(wave), ...metadata.annotations } },
  })
}
