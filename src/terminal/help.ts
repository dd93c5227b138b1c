import type { OptionSpec } from './arguments.ts';
import { type Command, COMMON_OPTIONS } from './command.ts';

/** The help of the whole program. */
export function programHelp(commands: readonly Command[]): string {
  return [
    'Dramatis opens the history of your coding agents. Nothing leaves this machine.',
    '',
    'Usage: dramatis COMMAND [options]',
    '',
    'Commands:',
    ...columns(commands.map((command) => [called(command), command.summary])),
    '',
    'Each has --help and --json.',
    '',
  ].join('\n');
}

/** The help of one command. */
export function commandHelp(command: Command): string {
  return [
    `Usage: dramatis ${called(command)} [options]`,
    '',
    `${command.summary.charAt(0).toUpperCase()}${command.summary.slice(1)}.`,
    '',
    ...(command.details ? [command.details, ''] : []),
    'Options:',
    ...columns([...command.options, ...COMMON_OPTIONS].map((option) => [optionName(option), option.help])),
    '',
  ].join('\n');
}

function called(command: Command): string {
  return [command.name, ...command.arguments, ...(command.optional ?? []).map((name) => `[${name}]`)].join(' ');
}

function optionName({ name, value }: OptionSpec): string {
  return `--${name}${value ? ` ${value}` : ''}`;
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
