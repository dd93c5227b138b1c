import * as v from 'valibot';
import type { FixtureSize } from '../src/core/sources/opencode-db/fixture-specs.ts';
import { median } from './median.ts';
import type { NativeTimes } from './native.ts';

export const STEPS = ['list', 'recent', 'all', 'import', 'again'] as const;
export type StepName = (typeof STEPS)[number];

const Counts = v.object({
  sessions: v.number(),
  messages: v.number(),
  texts: v.number(),
  chars: v.number(),
  toolCalls: v.number(),
});

/** One step of one run. `peak`: memory above idle at its highest, bytes; null where the system can't tell. */
const StepRunSchema = v.object({ ms: v.number(), bytes: v.number(), counts: Counts, peak: v.nullable(v.number()) });
export type StepRun = v.InferOutput<typeof StepRunSchema>;

/** What reading measures, and what importing does: each half has a process or page of its own. */
export const RowStepsSchema = v.object({ list: StepRunSchema, recent: StepRunSchema, all: StepRunSchema });
export type RowSteps = v.InferOutput<typeof RowStepsSchema>;
export const ImportStepsSchema = v.object({ import: StepRunSchema, again: StepRunSchema });
export type ImportSteps = v.InferOutput<typeof ImportStepsSchema>;

export interface Run {
  readonly steps: RowSteps & ImportSteps;
  /** The longest task of the page's main thread over 50 ms; 0 when there was none, null outside a browser. */
  readonly longestTask: number | null;
}

export interface EnvironmentResult {
  readonly steps: Readonly<Record<StepName, StepRun>>;
  readonly longestTask: number | null;
}

export interface SizeResult {
  readonly size: FixtureSize;
  /** Database and `-wal` together. */
  readonly fileBytes: number;
  readonly messages: number;
  readonly native: NativeTimes | null;
  readonly node: EnvironmentResult;
  readonly chromium: EnvironmentResult;
}

/** The median of each time; of memory and tasks the worst. */
export function summarise(runs: readonly Run[]): EnvironmentResult {
  const entries = STEPS.map((name) => [name, summariseStep(runs.map((run) => run.steps[name]))] as const);
  const tasks = runs.flatMap(({ longestTask }) => (longestTask === null ? [] : [longestTask]));
  const [list, recent, all, imported, again] = entries.map(([, step]) => step);
  if (!list || !recent || !all || !imported || !again) throw new Error('a step is missing');
  const steps = { list, recent, all, import: imported, again };
  return { steps, longestTask: tasks.length > 0 ? Math.max(...tasks) : null };
}

function summariseStep(runs: readonly StepRun[]): StepRun {
  const [first] = runs;
  if (!first) throw new Error('no run');
  const peaks = runs.flatMap(({ peak }) => (peak === null ? [] : [peak]));
  return {
    ms: median(runs.map(({ ms }) => ms)),
    bytes: median(runs.map(({ bytes }) => bytes)),
    peak: peaks.length > 0 ? Math.max(...peaks) : null,
    counts: first.counts,
  };
}
