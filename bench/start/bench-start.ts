/** The part `start` of the bench: what the first visit costs, beside an empty React page in the same run, and what Lighthouse says. */
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { firstLoadScripts } from '../../scripts/first-load.mjs';
import { startServer } from '../../src/relay/server.ts';
import { chromiumVersion, inBrowser } from '../chromium.ts';
import { busy, onWhat } from '../document.ts';
import { machine } from '../machine.ts';
import { median } from '../median.ts';
import { ROOT } from '../places.ts';
import { rowTable } from '../report.ts';
import { lighthouseRows } from './lighthouse-visits.ts';

/** A phone of today is about so many times slower. */
const SLOWDOWN = 4;
/** Nothing that long after the first button is there belongs to the start. */
const SETTLED_MS = 2_000;

interface Visit {
  /** ms until anything of the page is painted. */
  readonly painted: number;
  /** ms until the first button is painted and works. */
  readonly works: number;
  /** ms until it does and the last task is over that keeps the page from answering. */
  readonly interactive: number;
}

declare global {
  interface Window {
    seenAtStart: { button: number; busyUntil: number };
  }
}

export async function benchStart(runs: number): Promise<string> {
  const load = loadavg()[0] ?? 0;
  const [app, empty] = [join(ROOT, '.cache', 'bench-app'), join(ROOT, '.cache', 'bench-empty')];
  await build({ root: ROOT, logLevel: 'warn', build: { outDir: app, emptyOutDir: true } });
  const own = { configFile: false as const, root: join(ROOT, 'bench', 'start'), plugins: [react()] };
  await build({ ...own, logLevel: 'warn', build: { outDir: empty, emptyOutDir: true, target: 'es2023' } });
  const servers = await Promise.all([app, empty].map((dist) => startServer({ port: 0, dist })));
  const visited: Visit[][] = [[], []];
  for (let run = 0; run < runs; run++) {
    for (const [at, { url }] of servers.entries()) visited[at]?.push(await visit(url));
  }
  const lighthouse = await lighthouseRows(servers[0]?.url ?? '', Math.min(runs, 3));
  await Promise.all(servers.map((server) => server.stop()));
  const info = machine(await chromiumVersion(), null, load);
  const section = sectionOf(visited, lighthouse, firstLoadBytes(app), runs);
  const text = `## The first visit\n\n${onWhat(info, new Date())}, Chromium ${info.chromium} (headless), slowed down ${SLOWDOWN} times.
Median of ${runs} visits, each in a fresh profile.${busy(load, info.cores)}\n\n${section}`;
  process.stdout.write(`\n${text}\n`);
  return text;
}

function visit(url: string): Promise<Visit> {
  return inBrowser(async (page) => {
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
    await page.addInitScript(() => {
      const seen = { button: 0, busyUntil: 0 };
      window.seenAtStart = seen;
      // a button that came with the page is a picture of one, until React has taken it over
      const watch = setInterval(() => {
        const button = document.querySelector('#root button');
        if (button === null || !Object.keys(button).some((key) => key.startsWith('__reactProps'))) return;
        clearInterval(watch);
        requestAnimationFrame(() => setTimeout(() => (seen.button = performance.now())));
      }, 10);
      new PerformanceObserver((list) => {
        for (const { startTime, duration } of list.getEntries()) seen.busyUntil = startTime + duration;
      }).observe({ type: 'longtask', buffered: true });
    });
    await page.goto(url);
    await page.waitForFunction(() => window.seenAtStart.button > 0);
    await page.waitForTimeout(SETTLED_MS);
    return page.evaluate(() => {
      const { button, busyUntil } = window.seenAtStart;
      const painted = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN;
      return { painted, works: button, interactive: Math.max(button, busyUntil) };
    });
  });
}

/** gzipped bytes of the scripts the page loads before anything shows. */
function firstLoadBytes(dist: string): number {
  return firstLoadScripts(dist).reduce((sum, path) => sum + gzipSync(readFileSync(join(dist, path))).length, 0);
}

function sectionOf(
  visited: readonly (readonly Visit[])[],
  lighthouse: string[][],
  bytes: number,
  runs: number,
): string {
  const of = (at: number, what: keyof Visit): number => median((visited[at] ?? []).map((visit) => visit[what]));
  const ms = (value: number): string => `${Math.round(value)} ms`;
  const ratio = of(0, 'interactive') / of(1, 'interactive');
  const met = (ok: boolean): string => (ok ? 'yes' : '**no**');
  return rowTable(
    ['', 'target', 'empty page', 'Dramatis', 'met'],
    [
      ['Painted', '', ms(of(1, 'painted')), ms(of(0, 'painted')), ''],
      ['The first button works', '', ms(of(1, 'works')), ms(of(0, 'works')), ''],
      [
        'Interactive',
        '≤ 2x',
        ms(of(1, 'interactive')),
        `${ms(of(0, 'interactive'))} (${ratio.toFixed(1)}x)`,
        met(ratio <= 2),
      ],
      ['Scripts of the first load, gzipped', '≤ 120 kB', '', `${(bytes / 1000).toFixed(1)} kB`, met(bytes <= 120_000)],
      ...lighthouse,
    ],
  ).concat(runs < 3 ? '\n\nToo few visits to say much.' : '');
}
