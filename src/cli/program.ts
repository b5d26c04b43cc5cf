/** The tree of commands. Options that several commands share are made in `shared-options.ts`. */
import { Command } from 'commander';
import type { CommandContext } from './command-context.ts';
import { EXIT_CODES_HELP } from './exit-codes.ts';
import { packageVersion } from './version.ts';

type CommandMaker = (context: CommandContext) => Command;

/** In the order in which help lists them. What one command needs is not loaded for another: a node is to serve soon after its start. */
const COMMANDS: Readonly<Record<string, () => Promise<CommandMaker>>> = {
  run: async () => (await import('./commands/run.ts')).runCommand,
  serve: async () => (await import('./commands/serve.ts')).serveCommand,
  request: async () => (await import('./commands/request.ts')).requestCommand,
  check: async () => (await import('./commands/check.ts')).checkCommand,
  compile: async () => (await import('./commands/compile.ts')).compileCommand,
  explain: async () => (await import('./commands/explain.ts')).explainCommand,
  instances: async () => (await import('./commands/instances.ts')).instancesCommand,
  job: async () => (await import('./commands/job.ts')).jobCommand,
  nodes: async () => (await import('./commands/nodes.ts')).nodesCommand,
  demo: async () => (await import('./commands/demo.ts')).demoCommand,
};

/** @param asked the first argument: the program has only this command if it is the name of one, else all */
export async function buildProgram(context: CommandContext, asked?: string): Promise<Command> {
  const { terminal } = context;
  const program = new Command('waymark')
    .description('Runs TypeScript scripts that survive crashes.')
    .version(packageVersion(), '-v, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help')
    .addHelpText(
      'after',
      `
Examples:
  waymark run greet.ts --input '{"name":"Ada"}'   run one script to its end
  waymark serve scripts                           serve a folder of scripts
  waymark request order --input '{"id":1}'        send a request to a served script
  waymark check scripts                           find what cannot be compiled
  waymark explain WM4007                          what an error means, and what to do
  waymark instances list                          what has run and what is still running
  waymark job start ./jobs/import.ts              run a batch job; restart goes on after a crash
  waymark demo payments                           watch payments survive kill -9

Environment:
  WAYMARK_DATA    data folder, when --data is not given
  WAYMARK_SOCKET  folder where processes find each other, when --socket is not given
  WAYMARK_NATS    NATS servers, when --nats is not given
  NO_COLOR        no colours
${EXIT_CODES_HELP}`,
    );
  const names = asked !== undefined && Object.hasOwn(COMMANDS, asked) ? [asked] : Object.keys(COMMANDS);
  const makers = await Promise.all(names.map((name) => COMMANDS[name]!()));
  for (const make of makers) program.addCommand(make(context));
  configure(program, terminal);
  return program;
}

/** Output and errors of every command go through the terminal; nothing calls process.exit. */
function configure(command: Command, terminal: CommandContext['terminal']): void {
  const line = (text: string): string => text.replace(/\n$/, '');
  command.showHelpAfterError('(add --help for what is possible)');
  command.exitOverride().configureOutput({
    writeOut: (text) => terminal.out(line(text)),
    writeErr: (text) => terminal.talk(line(text)),
    getOutHelpWidth: () => terminal.width,
    getErrHelpWidth: () => terminal.width,
    getOutHasColors: () => terminal.outColors.isColorSupported,
    getErrHasColors: () => terminal.colors.isColorSupported,
  });
  for (const child of command.commands) configure(child, terminal);
}
