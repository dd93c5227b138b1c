import { ProblemError } from '../core/model/problem.ts';
import { parseArguments } from './arguments.ts';
import { type Command, COMMON_OPTIONS } from './command.ts';
import { ceremonyCommand } from './commands/ceremony.ts';
import { contextCommand } from './commands/context.ts';
import { extractCommand } from './commands/extract.ts';
import { importCommand } from './commands/import.ts';
import { ingestSessionsCommand } from './commands/ingest-sessions.ts';
import { mcpCommand } from './commands/mcp.ts';
import { memoryCommand } from './commands/memory.ts';
import { personasCommand } from './commands/personas.ts';
import { reportCommand } from './commands/report.ts';
import { searchCommand } from './commands/search.ts';
import { serveCommand } from './commands/serve.ts';
import { sessionsCommand } from './commands/sessions.ts';
import { showCommand } from './commands/show.ts';
import { stateCommand } from './commands/state.ts';
import { syncCommand } from './commands/sync.ts';
import { timelineCommand } from './commands/timeline.ts';
import { tuiCommand } from './commands/tui.ts';
import { Context } from './context.ts';
import { CommandFailed, UsageError } from './errors.ts';
import { commandHelp, programHelp } from './help.ts';
import type { Io } from './io.ts';

const COMMANDS: readonly Command[] = [
  tuiCommand,
  importCommand,
  extractCommand,
  ceremonyCommand,
  ingestSessionsCommand,
  sessionsCommand,
  contextCommand,
  reportCommand,
  showCommand,
  personasCommand,
  timelineCommand,
  memoryCommand,
  searchCommand,
  stateCommand,
  syncCommand,
  mcpCommand,
  serveCommand,
];

export type ExitCode = 0 | 1 | 2;

/**
 * Runs one command line; without a command the screen, on a terminal, and says how it ended: 0 done, 1 failed, 2 called wrongly.
 *
 * @param argv what follows the program's name
 */
export async function runCli(argv: readonly string[], io: Io): Promise<ExitCode> {
  const [first] = argv;
  if (first === undefined && io.interactive) return runCli([tuiCommand.name], io);
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    io.out(programHelp(COMMANDS));
    return 0;
  }
  const { command, rest } = commandOf(argv);
  try {
    if (command === null) throw new UsageError(unknown(first));
    if (rest.includes('--help') || rest.includes('-h')) {
      io.out(commandHelp(command));
      return 0;
    }
    const options = [...command.options, ...COMMON_OPTIONS];
    const given = parseArguments(rest, command.arguments, options, command.optional);
    await command.run(new Context(io, given), given);
    return 0;
  } catch (error) {
    return explain(error, command?.name ?? null, io);
  }
}

/** The command that the first words name, and what follows them. Of a name of two words one is enough to ask for help. */
function commandOf(argv: readonly string[]): { command: Command | null; rest: readonly string[] } {
  for (const command of COMMANDS) {
    const words = command.name.split(' ');
    const said = words.findIndex((word, at) => argv[at] !== word);
    if (said === -1) return { command, rest: argv.slice(words.length) };
    if (said > 0 && /^(--help|-h)$/.test(argv[said] ?? '')) return { command, rest: argv.slice(said) };
  }
  return { command: null, rest: [] };
}

function unknown(first: string): string {
  const begun = COMMANDS.find(({ name }) => name.startsWith(`${first} `));
  if (begun) return `The command is: ${begun.name}.`;
  const what = first.startsWith('-') ? `A command comes first, not ${first}.` : `There is no command "${first}".`;
  return `${what} The commands are: ${COMMANDS.map((command) => command.name).join(', ')}.`;
}

/** Says what went wrong. An error that is nobody's fault but ours passes: with its trace it can be reported. */
function explain(error: unknown, command: string | null, io: Io): ExitCode {
  if (error instanceof UsageError) {
    io.err(`${error.message}\nHelp: dramatis ${command === null ? '' : `${command} `}--help\n`);
    return 2;
  }
  if (error instanceof CommandFailed || error instanceof ProblemError) {
    io.err(`${error.message}\n`);
    return 1;
  }
  throw error;
}
