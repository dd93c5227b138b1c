import { ProblemError } from '../core/model/problem.ts';
import { parseArguments } from './arguments.ts';
import { type Command, COMMON_OPTIONS } from './command.ts';
import { importCommand } from './commands/import.ts';
import { personasCommand } from './commands/personas.ts';
import { sessionsCommand } from './commands/sessions.ts';
import { showCommand } from './commands/show.ts';
import { stateCommand } from './commands/state.ts';
import { timelineCommand } from './commands/timeline.ts';
import { Context } from './context.ts';
import { CommandFailed, UsageError } from './errors.ts';
import { commandHelp, programHelp } from './help.ts';
import type { Io } from './io.ts';

const COMMANDS: readonly Command[] = [
  importCommand,
  sessionsCommand,
  showCommand,
  personasCommand,
  timelineCommand,
  stateCommand,
];

export type ExitCode = 0 | 1 | 2;

/**
 * Runs one command line and says how it ended: 0 done, 1 failed, 2 called wrongly.
 *
 * @param argv what follows the program's name
 */
export async function runCli(argv: readonly string[], io: Io): Promise<ExitCode> {
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    io.out(programHelp(COMMANDS));
    return 0;
  }
  try {
    const command = COMMANDS.find((each) => each.name === name);
    if (!command) throw new UsageError(unknown(name));
    if (rest.includes('--help') || rest.includes('-h')) {
      io.out(commandHelp(command));
      return 0;
    }
    const given = parseArguments(rest, command.arguments, [...command.options, ...COMMON_OPTIONS]);
    await command.run(new Context(io, given), given);
    return 0;
  } catch (error) {
    return explain(error, COMMANDS.some((each) => each.name === name) ? name : null, io);
  }
}

function unknown(name: string): string {
  const what = name.startsWith('-') ? `A command comes first, not ${name}.` : `There is no command "${name}".`;
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
