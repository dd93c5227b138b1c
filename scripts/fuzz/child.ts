/** Runs inputs for `npm run fuzz` in a process of its own, which can be ended when it hangs. */
import initSqlJs from 'sql.js';
import { Fuzzer, ON_FILES } from './run-input.ts';

export type FromChild =
  | { readonly kind: 'formats'; readonly formats: readonly string[]; readonly slow: readonly string[] }
  | { readonly kind: 'begin'; readonly format: string; readonly seed: string }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly format: string; readonly seed: string; readonly reason: string };

export interface ToChild {
  readonly format: string;
  readonly seed: string;
  readonly first: number;
  readonly count: number;
}

const fuzzer = new Fuzzer(await initSqlJs());

function tell(message: FromChild): void {
  process.send?.(message);
}

process.on('message', ({ format, seed, first, count }: ToChild) => void runAll(format, seed, first, count));
tell({ kind: 'formats', formats: fuzzer.formats, slow: [...ON_FILES] });

async function runAll(format: string, seed: string, first: number, count: number): Promise<void> {
  for (let number = first; number < first + count; number++) {
    const own = `${seed} ${number}`;
    tell({ kind: 'begin', format, seed: own });
    try {
      await fuzzer.run(format, own);
    } catch (error) {
      tell({ kind: 'failed', format, seed: own, reason: reasonOf(error) });
    }
  }
  tell({ kind: 'done' });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? (error.cause.stack ?? error.cause.message) : '';
  return `${error.message}\n${cause}`;
}
