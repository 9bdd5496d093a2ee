/** Whether only programs of the same machine reach a server that listens on this address; false without one, for all addresses of the machine. */
export const isLoopback = (host: string | undefined): boolean =>
  host !== undefined && /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host)
