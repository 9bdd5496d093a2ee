// Checks that the browser tier has its browser. Exit status: 0 if the tier can run; 3 if this machine lacks Chromium.
import { existsSync } from 'node:fs'
import process from 'node:process'
import { chromiumPath } from './chromium-path.ts'

if (!existsSync(chromiumPath)) {
  process.stderr.write(
    `The browser tier was not run: no "${chromiumPath}". Install it (Debian: apt-get install chromium).\n`,
  )
  process.exitCode = 3
}
