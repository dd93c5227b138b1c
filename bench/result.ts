import * as v from 'valibot';
import type { FixtureSize } from '../src/core/sources/opencode-db/fixture-specs.ts';
import { median } from './median.ts';
import type { NativeTimes } from './native.ts';

export const STEPS = ['list', 'recent', 'all', 'bytes', 'import', 'again'] as const;
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
export const RowStepsSchema = v.object({
  list: StepRunSchema,
  recent: StepRunSchema,
  all: StepRunSchema,
  bytes: StepRunSchema,
});
export const ImportStepsSchema = v.object({ import: StepRunSchema, again: StepRunSchema });

export type Steps = Readonly<Record<StepName, StepRun>>;
export type ChromiumSteps = Steps;

/** A drop on the app, ms from the drop to what is painted; and the most memory above idle, bytes. */
export interface AppRun {
  readonly list: number;
  readonly import: number;
  readonly again: number;
  readonly peak: number | null;
  /** The longest task of the page's main thread; 0 when none was over 50 ms. */
  readonly longestTask: number;
}

export interface SizeResult {
  readonly size: FixtureSize;
  /** Database and `-wal` together. */
  readonly fileBytes: number;
  readonly messages: number;
  readonly native: NativeTimes | null;
  readonly node: Steps;
  /** The engine in a page of its own. */
  readonly chromium: Steps;
  readonly app: AppRun;
}

/** The median of each time; of memory the worst. */
export function summarise(runs: readonly Steps[]): Steps {
  const step = (name: StepName) => summariseStep(runs.map((run) => run[name]));
  return {
    list: step('list'),
    recent: step('recent'),
    all: step('all'),
    bytes: step('bytes'),
    import: step('import'),
    again: step('again'),
  };
}

/** The median of each time; of memory and tasks the worst. */
export function summariseApp(runs: readonly AppRun[]): AppRun {
  const middle = (name: 'list' | 'import' | 'again') => median(runs.map((run) => run[name]));
  return {
    list: middle('list'),
    import: middle('import'),
    again: middle('again'),
    peak: worst(runs),
    longestTask: Math.max(...runs.map(({ longestTask }) => longestTask)),
  };
}

function summariseStep(runs: readonly StepRun[]): StepRun {
  const [first] = runs;
  if (!first) throw new Error('no run');
  return {
    ms: median(runs.map(({ ms }) => ms)),
    bytes: median(runs.map(({ bytes }) => bytes)),
    peak: worst(runs),
    counts: first.counts,
  };
}

function worst(runs: readonly { readonly peak: number | null }[]): number | null {
  const peaks = runs.flatMap(({ peak }) => (peak === null ? [] : [peak]));
  return peaks.length > 0 ? Math.max(...peaks) : null;
}
