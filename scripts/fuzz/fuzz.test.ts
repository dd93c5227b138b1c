/** A short run of the fuzzing that `npm run fuzz` does at length: nothing crashes, nothing hangs, no neighbour is lost. */
import initSqlJs from 'sql.js';
import { describe, expect, test } from 'vitest';
import { mutate, MUTATION_NAMES } from './mutate.ts';
import { Fuzzer, ON_FILES } from './run-input.ts';
import { SeededRandom } from '../../src/core/sources/opencode-db/fixture-random.ts';

const INPUTS = Number(process.env['FUZZ_INPUTS'] ?? 200);
/** Those that read and write real files are slow. */
const INPUTS_OF_FILES = Math.ceil(INPUTS / 5);
const SEED = process.env['FUZZ_SEED'] ?? 'every day';
const MOST_MS = 10_000;
const fuzzer = new Fuzzer(await initSqlJs());

describe.each(fuzzer.formats)('%s', (format) => {
  const inputs = ON_FILES.has(format) ? INPUTS_OF_FILES : INPUTS;
  test(
    `damaged in ${inputs} ways`,
    async () => {
      const failed: string[] = [];
      for (let number = 0; number < inputs; number++) {
        const began = performance.now();
        try {
          await fuzzer.run(format, `${SEED} ${number}`);
        } catch (error) {
          failed.push(`${SEED} ${number}: ${String(error)} ${error instanceof Error ? String(error.cause) : ''}`);
        }
        if (performance.now() - began > MOST_MS) failed.push(`${SEED} ${number}: took too long`);
      }
      expect(failed).toEqual([]);
    },
    MOST_MS + inputs * 1_000,
  );
});

test('the same seed is the same damage, and every kind of it comes up', () => {
  const bytes = new TextEncoder().encode('{"id": "ses_1", "time": {"created": 1}}\n');
  const names = Array.from({ length: 400 }, (_, number) => mutate(bytes, new SeededRandom(`${number}`)).name);
  expect(new Set(names)).toEqual(new Set(MUTATION_NAMES));
  expect(mutate(bytes, new SeededRandom('a'))).toEqual(mutate(bytes, new SeededRandom('a')));
});
