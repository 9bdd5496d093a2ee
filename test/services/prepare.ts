// Checks the programs that the services tier needs. Exit status: 0 if the tier can run; 3 if this machine lacks a program, which is printed:
// the tier has then neither run nor passed.
import { execFileSync } from 'node:child_process'
import process from 'node:process'

/** Programs of the tier, each with the way to install it. */
const programs = {
  'redis-server': 'Debian: apt-get install redis-server',
  pgbouncer: 'Debian: apt-get install pgbouncer',
  pg_createcluster: 'Debian: apt-get install postgresql',
  pgbackrest: 'Debian: apt-get install pgbackrest',
  'ceph-mon': 'Debian: apt-get install ceph-mon',
  'ceph-osd': 'Debian: apt-get install ceph-osd',
  radosgw: 'Debian: apt-get install radosgw',
  podman: 'Debian: apt-get install podman',
  litellm: 'pip install -r test/services/litellm.txt, in a virtual environment',
  'langgraph-python': 'see python_clients in .ci/run',
  'postgres-pgvector': 'see postgres_with_pgvector in .ci/run',
}

function isInstalled(program: string): boolean {
  try {
    execFileSync('sh', ['-c', 'command -v "$0"', program], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const missing = Object.entries(programs).filter(([program]) => !isInstalled(program))
for (const [program, hint] of missing)
  process.stderr.write(`The services tier was not run: no "${program}" on PATH. Install it (${hint}).\n`)
process.exitCode = missing.length === 0 ? 0 : 3
