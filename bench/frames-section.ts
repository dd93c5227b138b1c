/** The section of docs/benchmarks.md about frames. */
import { availableParallelism, loadavg } from 'node:os';
import type { Drawn, Frames, FramesResult } from './frames.ts';

const TARGET_MS = 16;
const TASK_TARGET_MS = 50;

export function framesSection({ options, empty, one, many }: FramesResult): string {
  const { sessions, messages } = options;
  const columns = [empty, one, many];
  const row = (name: string, target: string, cells: readonly string[]): string =>
    `| ${[name, target, ...cells].join(' | ')} |`;
  const ms = (value: number): string => `${value.toFixed(1)} ms`;
  const each = (part: keyof Frames, at: number): string[] => columns.map((frames) => ms(percentile(frames[part], at)));
  const opened = (tell: (drawn: Drawn) => string): string[] => ['', tell(one), tell(many)];
  const isMet = percentile(many.work, 95) <= TARGET_MS;
  return `## Frames of the timeline

How long the page's thread works on a frame while the timeline of a persona is zoomed with the wheel and pulled, from the input until
the frame is painted, at ${YEAR_WORDS}; beside a page that clears a canvas and draws one line, driven the same way in the same run.
Headless Chromium, drawn without a graphics card; ${availableParallelism()} cores, load ${(loadavg()[0] ?? 0).toFixed(1)} at the end.

| | target | an empty canvas | 1 session | ${sessions.toLocaleString('en')} sessions, ${messages.toLocaleString('en')} prompts and as many tool calls |
| --- | ---: | ---: | ---: | ---: |
${[
  row('Work on a frame, half of them', '', each('work', 50)),
  row('Work on a frame, 95 %', `≤ ${TARGET_MS} ms`, each('work', 95)),
  row('From frame to frame, half of them', '', each('apart', 50)),
  row('From frame to frame, 95 %', '', each('apart', 95)),
  row(
    'Frames',
    '',
    columns.map(({ work }) => String(work.length)),
  ),
  row(
    'Longest task while it opened, processor time',
    `≤ ${TASK_TARGET_MS} ms`,
    opened(({ opening }) => ms(opening)),
  ),
  row(
    'Until every moment is on the axis',
    '',
    opened(({ complete }) => `${(complete / 1000).toFixed(2)} s`),
  ),
].join('\n')}

The target is ${isMet ? 'met' : '**not met**'}: 95 % of the frames take ${(percentile(many.work, 95) / percentile(empty.work, 95)).toFixed(1)} times as long as those of the empty canvas.`;
}

const YEAR_WORDS = 'several distances over three years';

export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * part) / 100))] ?? Number.NaN;
}
