import { loadavg } from 'node:os';
import { join } from 'node:path';
import { FIXTURE_NOW } from '../../src/core/sources/opencode-db/fixture-specs.ts';
import { openChromiumBench } from '../chromium-run.ts';
import { chromiumVersion } from '../chromium.ts';
import { machine } from '../machine.ts';
import { FIXTURES, makeFixtures } from '../places.ts';
import { measureHistory } from './history.ts';
import { searchSection } from './section.ts';
import { measureTyping } from './typing.ts';

/** Keystrokes over what is kept of the reference history, in a worker of Chromium, and what they cost the page; the whole history of a large store, in Node. */
export async function benchSearch(runs: number): Promise<string> {
  const [load = 0] = loadavg();
  makeFixtures(['--size', 'S,L']);
  const browser = await openChromiumBench();
  const keystrokes = await browser.search(join(FIXTURES, 'opencode-S.db'), FIXTURE_NOW);
  await browser.close();
  const typing = await measureTyping(join(FIXTURES, 'opencode-S.db'), FIXTURE_NOW);
  const history = await measureHistory(join(FIXTURES, 'opencode-L.db'), runs);
  const info = machine(await chromiumVersion(), null, load);
  const text = searchSection({ keystrokes, typing, history, info, date: new Date(), runs });
  process.stdout.write(`${text}\n`);
  return text;
}
