/**
 * Whether a host is a loopback address, which only programs of the same machine can reach. False for undefined: a server without a host listens on all
 * addresses of the machine.
 */
export const isLoopback = (host: string | undefined): boolean =>
  host !== undefined && /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host)
