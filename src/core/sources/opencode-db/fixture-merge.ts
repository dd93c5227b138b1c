import type { Step } from './fixture-steps.ts';

export interface StepSource {
  readonly start: number;
  open(): Generator<Step>;
}

interface OpenSource {
  readonly steps: Generator<Step>;
  next: Step;
}

/**
 * Runs many sources side by side, always taking the step with the earliest clock. A source is opened when its time has
 * come, so only those at work are in memory.
 */
export function* mergeByTime(sources: readonly StepSource[]): Generator<Step> {
  const waiting = sources.toSorted((a, b) => a.start - b.start);
  const open: OpenSource[] = [];
  let started = 0;
  for (;;) {
    let earliest = pickEarliest(open);
    while (started < waiting.length && waiting[started]!.start <= (earliest?.next.at ?? Infinity)) {
      const steps = waiting[started++]!.open();
      const first = steps.next();
      if (!first.done) open.push({ steps, next: first.value });
      earliest = pickEarliest(open);
    }
    if (!earliest) return;
    yield earliest.next;
    const following = earliest.steps.next();
    if (following.done) open.splice(open.indexOf(earliest), 1);
    else earliest.next = following.value;
  }
}

/** A handful are open at a time: looking at each is quicker than keeping a heap. */
function pickEarliest(open: readonly OpenSource[]): OpenSource | undefined {
  let best = open[0];
  for (const source of open) if (best && source.next.at < best.next.at) best = source;
  return best;
}
