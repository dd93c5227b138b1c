import { parseArgs } from 'node:util';
import { errorCode } from '../platform/node/system-error.ts';
import { UsageError } from './errors.ts';

/** One `--name` of a command. */
export interface OptionSpec {
  readonly name: string;
  /** What stands for its value in the help, `DIR`. Without it the option is on or off. */
  readonly value?: string;
  /** May be given more than once. */
  readonly repeatable?: boolean;
  readonly help: string;
}

/** What a command was called with. */
export class Arguments {
  readonly #positional: readonly string[];
  readonly #given: ReadonlyMap<string, readonly string[]>;

  constructor(positional: readonly string[], given: ReadonlyMap<string, readonly string[]>) {
    this.#positional = positional;
    this.#given = given;
  }

  /** An argument that need not be there. */
  optional(at: number): string | null {
    return this.#positional[at] ?? null;
  }

  /** The argument at a place; the parser has made sure that it is there. */
  argument(at: number): string {
    const text = this.#positional[at];
    if (text === undefined) throw new UsageError(`An argument is missing.`);
    return text;
  }

  has(option: string): boolean {
    return this.#given.has(option);
  }

  /** The value of an option, the last one when it was given more than once; null when it wasn't. */
  value(option: string): string | null {
    return this.#given.get(option)?.at(-1) ?? null;
  }

  /** A plain number, not below zero; null when the option was not given. */
  number(option: string): number | null {
    const text = this.value(option);
    if (text === null) return null;
    if (!/^\d+(\.\d+)?$/.test(text)) throw new UsageError(`--${option} is "${text}". It must be a number.`);
    return Number(text);
  }

  values(option: string): readonly string[] {
    return this.#given.get(option) ?? [];
  }
}

/**
 * Reads what follows the name of a command. Values stay the text they are.
 *
 * @param names of the arguments that must be there, `SESSION`
 * @param optional names of those that may follow, `QUERY`
 */
export function parseArguments(
  argv: readonly string[],
  names: readonly string[],
  options: readonly OptionSpec[],
  optional: readonly string[] = [],
): Arguments {
  const { positionals, values } = parse(argv, options);
  const missing = names[positionals.length];
  if (missing !== undefined) throw new UsageError(`${missing} is missing.`);
  const extra = positionals[names.length + optional.length];
  if (extra !== undefined) throw new UsageError(`"${extra}" is more than this command takes.`);
  return new Arguments(positionals, values);
}

function parse(argv: readonly string[], options: readonly OptionSpec[]) {
  const config = Object.fromEntries(
    options.map(({ name, value }) => [
      name,
      { type: value ? ('string' as const) : ('boolean' as const), multiple: true },
    ]),
  );
  try {
    const { positionals, values } = parseArgs({
      args: [...argv],
      options: config,
      strict: true,
      allowPositionals: true,
    });
    const given = Object.entries(values).map(([name, all]) => [name, [all ?? []].flat().map(String)] as const);
    const empty = given.find(([, texts]) => texts.includes(''));
    if (empty) throw new UsageError(`--${empty[0]} needs a value.`);
    return { positionals, values: new Map(given) };
  } catch (error) {
    throw wrongUse(error);
  }
}

/** Node's own words, without its advice on how to quote. */
function wrongUse(error: unknown): unknown {
  if (!(error instanceof Error) || !errorCode(error)?.startsWith('ERR_PARSE_ARGS')) return error;
  const [sentence = ''] = error.message.split(/(?<=[.'])\s+(?=To specify|Did you forget)|\n/);
  const unknown = /^Unknown option '([^']+)'/.exec(sentence);
  if (unknown) return new UsageError(`There is no option ${unknown[1]}.`);
  const needs = /^Option '(?:-\w, )?(--[\w-]+)[^']*' argument (?:missing|is ambiguous)/.exec(sentence);
  return new UsageError(needs ? `${needs[1]} needs a value.` : sentence);
}
