/**
 * Whether a sign-in that ends with an error of this HTTP status has refused the credential. Errors of the server (500 and above), a timeout (408) and a rate
 * limit (429) say nothing about the credential.
 */
export const refusesCredential = (status: number): boolean => status < 500 && status !== 408 && status !== 429
