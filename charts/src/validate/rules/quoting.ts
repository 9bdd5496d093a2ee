import { isDeepStrictEqual } from 'node:util'
import { parse } from 'yaml'
import type { RenderedObject } from '../../rendered-object.ts'
import type { Finding } from '../manifest-problem.ts'
import type { Subject } from '../subject.ts'

/** The file says the same to readers of YAML 1.1 (Kubernetes, Argo CD) and of YAML 1.2: what the chart meant. */
export const quoting = ({ objects }: Pick<Subject, 'objects'>): Finding[] => objects.flatMap(check)

function check(rendered: RenderedObject): Finding[] {
  const meant: unknown = JSON.parse(JSON.stringify(rendered.object))
  return (['1.1', '1.2'] as const).flatMap((version) => {
    if (isDeepStrictEqual(read(rendered.text, version), meant)) return []
    return [
      {
        rendered,
        field: '',
        problem: `A reader of YAML ${version} does not get the object that the chart made.`,
        mend: 'Write the file with toYaml(); if it was, teach charts/src/to-yaml.ts to quote what is misread.',
      },
    ]
  })
}

function read(text: string, version: '1.1' | '1.2'): unknown {
  try {
    return parse(text, { version })
  } catch {
    return undefined
  }
}
