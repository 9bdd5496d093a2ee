import type { Repository } from './schema/cluster.ts'

/** Path between a repository and a file in the URLs of a host's web pages, for a revision. */
type Pages = (revision: string) => string

const gitea: Pages = (revision) => `src/${/^[0-9a-f]{40}$/.test(revision) ? 'commit' : 'branch'}/${revision}`
const gitlab: Pages = (revision) => `-/blob/${revision}`
const github: Pages = (revision) => `blob/${revision}`

/** Hosts whose pages are known: by their name, or by a part of it such as `gitlab.example.com`. */
const hosts: readonly (readonly [RegExp, Pages])[] = [
  [/(^|\.)github\./, github],
  [/(^|\.)gitlab\./, gitlab],
  [/(^|\.)(gitea|forgejo)\.|^codeberg\.org/, gitea],
  [/^bitbucket\.org/, (revision) => `src/${revision}`],
]

/** URL of a file of the repository at its revision, for a browser. Undefined if the host's pages are unknown and `browseUrl` is not set. */
export function repositoryFileUrl({ url, revision, browseUrl }: Repository, path: string): string | undefined {
  const at = revision.split('/').map(encodeURIComponent).join('/')
  if (browseUrl !== undefined) return `${browseUrl.replace('{revision}', at).replace(/\/$/, '')}/${path}`
  const web = webAddress(url)
  const pages = web && hosts.find(([pattern]) => pattern.test(web.host))?.[1]
  return web && pages && `https://${web.host}/${web.repository}/${pages(at)}/${path}`
}

/**
 * Host and path of a repository's web pages, from its Git address: `https://host/a/b.git`, `ssh://git@host:22/a/b.git` or `git@host:a/b.git`.
 * A port of HTTPS is kept, a port of SSH is not. A user or a password is left out.
 */
function webAddress(url: string): { readonly host: string; readonly repository: string } | undefined {
  const [, host, path] =
    /^https:\/\/(?:[^@/]*@)?([^/]+)\/(.+)$/.exec(url) ??
    /^ssh:\/\/(?:[^@/]*@)?([^/:]+)(?::\d+)?\/(.+)$/.exec(url) ??
    /^git@([^:/]+):(?!\/\/)(.+)$/.exec(url) ??
    []
  if (host === undefined || path === undefined) return undefined
  return {
    host: host.toLowerCase(),
    repository: path
      .replace(/^\/+/, '')
      .replace(/\/+$/, '')
      .replace(/\.git$/, ''),
  }
}
