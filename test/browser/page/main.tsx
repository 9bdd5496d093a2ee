import { createRoot } from 'react-dom/client'
import { Chat } from './chat.tsx'

// The repository's TypeScript settings have no browser globals.
declare const document: { readonly location: { readonly href: string }; getElementById(id: string): Element }
declare const history: { replaceState(state: null, title: string, url: string): void }

const url = new URL(document.location.href)

/** Keeps the thread in the address, so that a reload and another tab show the same thread. */
function keepThread(threadId: string): void {
  url.searchParams.set('thread', threadId)
  history.replaceState(null, '', url.href)
}

createRoot(document.getElementById('root')).render(
  <Chat server={url.searchParams.get('server') ?? ''} thread={url.searchParams.get('thread')} onThread={keepThread} />,
)
