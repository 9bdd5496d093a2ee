/**
 * Whether the status of a sign-in's error refuses the credential: any error of the request, except a timeout (408) and a rate limit (429), which decide
 * nothing about it.
 */
export const refusesCredential = (status: number): boolean => status < 500 && status !== 408 && status !== 429
