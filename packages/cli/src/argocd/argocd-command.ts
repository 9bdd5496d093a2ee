import process from 'node:process'
import { Command } from 'commander'
import { PlainError } from '../plain-error.ts'

/** Exit status for an invalid file. Status 1 means that Argo CD's settings differ. */
const couldNotBegin = 2

/** The command `hadal argocd settings`. Its implementation is imported only when the command runs. */
export const argocdCommand = (): Command =>
  new Command('argocd')
    .description('work with an Argo CD that Hadal did not install')
    .helpCommand(false)
    .addCommand(
      new Command('settings')
        .description("print what Argo CD's ConfigMap argocd-cm must contain, as a patch for kubectl")
        .option('--check <file>', 'compare with the ConfigMap in a file instead ("-": standard input)')
        .action(async ({ check }: { check?: string }) => {
          const { checkSettings, settingsPatch } = await import('./settings.ts')
          const write = (line: string): void => void process.stdout.write(`${line}\n`)
          try {
            if (check === undefined) write(settingsPatch().trimEnd())
            else process.exitCode = checkSettings(check, write)
          } catch (error) {
            if (!(error instanceof PlainError)) throw error
            process.stderr.write(`hadal: ${error.message}\n`)
            process.exitCode = couldNotBegin
          }
        }),
    )
