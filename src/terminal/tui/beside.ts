import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { CommandFailed } from '../errors.ts';

export interface Beside {
  /** The document it printed; throws CommandFailed with its own words when it failed. */
  readonly done: Promise<unknown>;
  /** Asks it to end. */
  stop(): void;
}

/** Runs a command of this program in a process of its own, so that the screen stays quick. */
export function runBeside(argv: readonly string[]): Beside {
  const [, program = ''] = process.argv;
  const child = spawn(process.execPath, [...process.execArgv, program, ...argv, '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const finished = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  return { done: resultOf(finished, text(child.stdout), text(child.stderr)), stop: () => void child.kill() };
}

async function resultOf(
  finished: Promise<number | null>,
  out: Promise<string>,
  err: Promise<string>,
): Promise<unknown> {
  const code = await finished;
  if (code === 0) return JSON.parse(await out);
  const words = (await err).trim().split('\n').at(-1);
  throw new CommandFailed(words || `It ended with ${code}.`);
}
