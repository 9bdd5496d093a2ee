// A minimal LanguageRuntime for Node programs in tests. It replaces `pulumi-language-nodejs`, which is in no package registry: it starts
// programs by `@pulumi/pulumi/cmd/run`, as the real one does, and implements only the other calls that the engine needs.
//
//   node language-host.ts [engine's address]     prints its port
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import process from 'node:process'
import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData, status } from '@grpc/grpc-js'
import language from '@pulumi/pulumi/proto/language_grpc_pb.js'
import messages, { type RunRequest } from '@pulumi/pulumi/proto/language_pb.js'
import plugins from '@pulumi/pulumi/proto/plugin_pb.js'

/** Exit code with which `cmd/run` reports that it has already printed the error for the user. */
const alreadyTold = 32

async function run(request: RunRequest, engine: string): Promise<InstanceType<typeof messages.RunResponse>> {
  const root = request.getInfo()?.getRootDirectory() ?? request.getPwd()
  // The program's own copy of the SDK, which the real language host would use too.
  const runner = createRequire(join(root, 'package.json')).resolve('@pulumi/pulumi/cmd/run/index.js')
  const flags = {
    organization: request.getOrganization(),
    project: request.getProject(),
    'root-directory': root,
    stack: request.getStack(),
    pwd: request.getInfo()?.getProgramDirectory() ?? request.getPwd(),
    parallel: String(request.getParallel()),
    monitor: request.getMonitorAddress(),
    engine,
  }
  const child = spawn(
    process.execPath,
    [
      runner,
      ...Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`),
      ...(request.getDryrun() ? ['--dry-run'] : []),
      request.getInfo()?.getEntryPoint() ?? request.getProgram(),
    ],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().getEntryList())),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
        PULUMI_NODEJS_TYPESCRIPT: 'false',
      },
    },
  )
  const [code] = await once(child, 'exit')
  const response = new messages.RunResponse()
  if (code === alreadyTold) response.setBail(true)
  else if (code !== 0) response.setError(`The program ended with ${code}.`)
  return response
}

const answer =
  <Request, Response>(give: (request: Request) => Response | Promise<Response>) =>
  (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>): void => {
    Promise.resolve(give(call.request)).then(
      (response) => callback(null, response),
      (error: unknown) => callback({ code: status.INTERNAL, details: String(error) }),
    )
  }

const [address = ''] = process.argv.slice(2).filter((argument) => !argument.startsWith('-'))
const server = new Server()
server.addService(language.LanguageRuntimeService, {
  handshake: answer(() => new messages.LanguageHandshakeResponse()),
  getPluginInfo: answer(() => {
    const info = new plugins.PluginInfo()
    info.setVersion('0.0.1')
    return info
  }),
  getRequiredPlugins: answer(() => new messages.GetRequiredPluginsResponse()),
  getRequiredPackages: answer(() => new messages.GetRequiredPackagesResponse()),
  run: answer((request: RunRequest) => run(request, address)),
})
server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error
  process.stdout.write(`${port}\n`)
})
