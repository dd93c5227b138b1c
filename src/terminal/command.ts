import type { Arguments, OptionSpec } from './arguments.ts';
import type { Context } from './context.ts';

/** One command of the program, and what its help says. */
export interface Command {
  /** One word, or several: `ingest sessions`. */
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Names of the arguments that must be there, `SESSION`. */
  readonly arguments: readonly string[];
  /** Names of those that may follow, `QUERY`. */
  readonly optional?: readonly string[];
  /** Its own options, beside those that all have. */
  readonly options: readonly OptionSpec[];
  /** More for its own help: paragraphs, ready to print. */
  readonly details?: string;
  /** Prints results; throws UsageError, CommandFailed or ProblemError. */
  run(context: Context, given: Arguments): Promise<void>;
}

/** What every command understands. */
export const COMMON_OPTIONS: readonly OptionSpec[] = [
  { name: 'json', help: 'print one JSON document, made to be read by programs' },
  { name: 'data-dir', value: 'DIR', help: 'where the state is kept (default: $XDG_DATA_HOME/dramatis)' },
  {
    name: 'opencode',
    value: 'PATH',
    repeatable: true,
    help: "where OpenCode's sessions are: a file or folder; may be repeated (default: OpenCode's own place)",
  },
  {
    name: 'claude',
    value: 'PATH',
    repeatable: true,
    help: "where Claude Code's sessions are: a file or folder; may be repeated (default: Claude Code's own place)",
  },
  { name: 'now', value: 'ISO', help: 'take this for the present moment' },
  { name: 'help', help: 'show this' },
];
