import type { Environment } from '@hadal/platform/environment'

/** Props of a construct that depends on the environment alone. */
export interface EnvironmentProps {
  readonly environment: Environment
}
