/**
 * `npm run fuzz`: damages small histories of every format in thousands of ways and looks at all there is to see of them.
 *
 *   npm run fuzz                                at least 20,000 inputs over all formats, with a seed of its own
 *   npm run fuzz -- --seed S --inputs N         the same inputs again, or more of them
 *   npm run fuzz -- --format F --seed S --only K    one input, as a failure names it
 *
 * An input that takes longer than ten seconds is ended and named.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import type { FromChild, ToChild } from './fuzz/child.ts';

const MOST_MS = 10_000;
const BATCH = 100;
/** Inputs of formats that read files of this machine, against one of the others. */
const SLOW_SHARE = 0.15;
const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    inputs: { type: 'string', default: '21000' },
    format: { type: 'string' },
    only: { type: 'string' },
  },
});
const seed = values.seed ?? Date.now().toString(36);
/** A fault that many inputs meet is not told by each of them, and the run ends. */
const MOST_FAILURES = 20;
const failures: string[] = [];
let done = 0;

/** One process that runs batches one after the other; a new one takes its place when an input hangs. */
class Runner {
  #child: ChildProcess | null = null;
  #watch: NodeJS.Timeout | null = null;
  #settle: () => void = () => undefined;

  /** The formats that can be damaged here. */
  formats(): Promise<Extract<FromChild, { kind: 'formats' }>> {
    return new Promise((resolve) => this.#start((message) => message.kind === 'formats' && resolve(message)));
  }

  run(batch: ToChild): Promise<void> {
    return new Promise((resolve) => {
      this.#settle = resolve;
      if (this.#child !== null) this.#child.send(batch);
      else this.#start((message) => message.kind === 'formats' && this.#child?.send(batch));
    });
  }

  stop(): void {
    if (this.#watch !== null) clearTimeout(this.#watch);
    this.#child?.removeAllListeners();
    this.#child?.kill('SIGKILL');
    this.#child = null;
  }

  #start(onMessage: (message: FromChild) => void): void {
    const path = new URL('./fuzz/child.ts', import.meta.url);
    this.#child = fork(path, { execArgv: ['--import', 'tsx'] });
    this.#child.on('message', (message: FromChild) => {
      onMessage(message);
      this.#hear(message);
    });
    this.#child.on('exit', () => this.#lost('the process ended'));
  }

  #last = '';

  #hear(message: FromChild): void {
    if (message.kind === 'failed') failures.push(failure(message.format, message.seed, message.reason));
    if (message.kind === 'done') {
      if (this.#watch !== null) clearTimeout(this.#watch);
      this.#settle();
    }
    if (message.kind !== 'begin') return;
    done += 1;
    this.#last = again(message.format, message.seed);
    if (this.#watch !== null) clearTimeout(this.#watch);
    this.#watch = setTimeout(() => this.#lost(`it took longer than ${MOST_MS / 1000} s`), MOST_MS);
  }

  #lost(why: string): void {
    failures.push(`${why}\n  ${this.#last}`);
    this.stop();
    this.#settle();
  }
}

function failure(format: string, own: string, reason: string): string {
  return `${format}: ${reason}\n  ${again(format, own)}`;
}

function again(format: string, own: string): string {
  const at = own.lastIndexOf(' ');
  return `again: npm run fuzz -- --format '${format}' --seed '${own.slice(0, at)}' --only ${own.slice(at + 1)}`;
}

async function work(runner: Runner, batches: ToChild[]): Promise<void> {
  for (let batch = batches.shift(); batch !== undefined && failures.length < MOST_FAILURES; batch = batches.shift()) {
    await runner.run(batch);
    process.stdout.write(`\r${done.toLocaleString('en')} inputs, ${failures.length} failures`);
  }
}

const runners = Array.from({ length: Math.max(1, Math.min(4, availableParallelism())) }, () => new Runner());
const known = await runners[0]?.formats();
const { formats = [], slow = [] } = known ?? {};
const chosen = values.format === undefined ? formats : [values.format];
const weightOf = (format: string): number => (slow.includes(format) ? SLOW_SHARE : 1);
const weights = chosen.reduce((sum, format) => sum + weightOf(format), 0);
const first = Number(values.only ?? 0);
const batches = chosen.flatMap((format) => {
  const share = (Number(values.inputs) * weightOf(format)) / weights;
  const each = values.only === undefined ? Math.ceil(share) : 1;
  return Array.from({ length: Math.ceil(each / BATCH) }, (_, at): ToChild => {
    const from = first + at * BATCH;
    return { format, seed, first: from, count: Math.min(BATCH, first + each - from) };
  });
});
process.stdout.write(`Seed ${seed}. Formats: ${chosen.join(', ')}.\n`);
const began = performance.now();
await Promise.all(runners.map((runner) => work(runner, batches)));
for (const runner of runners) runner.stop();

process.stdout.write(`\n${((performance.now() - began) / 1000).toFixed(0)} s\n`);
for (const text of failures.slice(0, MOST_FAILURES)) process.stdout.write(`\n${text}\n`);
process.stdout.write(
  `\n${done.toLocaleString('en')} inputs, ${failures.length} failures. Again: npm run fuzz -- --seed ${seed}\n`,
);
process.exit(failures.length > 0 ? 1 : 0);
