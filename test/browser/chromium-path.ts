/** Path of Debian's Chromium. */
export const chromiumPath = '/usr/bin/chromium'
