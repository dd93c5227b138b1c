/** The part `activity` of the bench: a report over three years of sessions, in Node and in a worker of Chromium over IndexedDB. */
import { loadavg } from 'node:os';
import { MemoryStore } from '../../src/core/state/memory-store.ts';
import { chromiumVersion } from '../chromium.ts';
import { openChromiumBench } from '../chromium-run.ts';
import { busy, onWhat } from '../document.ts';
import { machine } from '../machine.ts';
import { median } from '../median.ts';
import type { HistorySize } from './history.ts';
import { writeHistory } from './history.ts';
import type { ActivityMeasured } from './measure.ts';
import { measureActivity } from './measure.ts';

const TARGET_MS = 2_000;

export async function benchActivity(size: HistorySize, runs: number): Promise<string> {
  const load = loadavg()[0] ?? 0;
  const store = new MemoryStore();
  await writeHistory(store, size);
  const inNode: ActivityMeasured[] = [];
  for (let run = 0; run < runs; run++) inNode.push(await measureActivity(store));
  const chromium = await openChromiumBench();
  const inChromium: ActivityMeasured[] = [];
  try {
    for (let run = 0; run < runs; run++) inChromium.push(await chromium.activity(size));
  } finally {
    await chromium.close();
  }
  const section = sectionOf(size, inNode, inChromium, machine(await chromiumVersion(), null, load), runs);
  process.stdout.write(`\n${section}\n`);
  return section;
}

function sectionOf(
  { sessions, events }: HistorySize,
  inNode: readonly ActivityMeasured[],
  inChromium: readonly ActivityMeasured[],
  on: ReturnType<typeof machine>,
  runs: number,
): string {
  const cells = (of: (measured: ActivityMeasured) => number): string =>
    [inNode, inChromium].map((measured) => `${Math.round(median(measured.map(of)))} ms`).join(' | ');
  const first = median(inChromium.map((measured) => measured.first));
  const ratio = [inNode, inChromium]
    .map((measured) => `${median(measured.map((each) => each.first / each.floor)).toFixed(1)}x`)
    .join(' | ');
  const megabytes = Math.round(inNode[0]?.megabytes ?? 0);
  return `## Activity

A report by project over three years, of ${sessions.toLocaleString('en')} sessions with ${events.toLocaleString('en')} prompts, answers and tool runs
(${megabytes} MB as they are kept), in Node from memory and in a worker of Chromium from IndexedDB.

${onWhat(on, new Date())}, Chromium ${on.chromium} (headless). Median of ${runs} runs.
${busy(on.load, on.cores)}
|                                        |    target | Node | Chromium | met |
| -------------------------------------- | --------: | ---: | -------: | --: |
| The first report                       | ≤ 2000 ms | ${cells((each) => each.first)} | ${first <= TARGET_MS ? 'yes' : 'no'} |
| The last 14 days after that            |           | ${cells((each) => each.again)} |     |
| Reading the bytes and adding them up   |           | ${cells((each) => each.floor)} |     |
| The first report, in times of that     |           | ${ratio} |     |

- **Reading the bytes**: the same groups from the same store in the same run, their JSON parsed and each character added up: nothing
  that knows these bytes can be faster.
`;
}
