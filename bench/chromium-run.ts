import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { build, preview } from 'vite';
import { ensureBrowser } from '../scripts/ensure-browser.mjs';
import type { Measured } from './measure.ts';
import { peakMemory, type PeakMemory } from './peak-memory.ts';
import type { ImportSteps, RowSteps, Run, StepRun } from './result.ts';

const BENCH = dirname(fileURLToPath(import.meta.url));
const FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface ChromiumBench {
  readonly version: string;
  /** One run of all steps, reading and importing each in a fresh browser. */
  run(path: string, since: number, now: number): Promise<Run>;
  close(): Promise<void>;
}

/** Builds the page and serves it on this machine only. */
export async function openChromiumBench(): Promise<ChromiumBench> {
  const outDir = join(dirname(BENCH), '.cache', 'bench-page');
  const shared = { configFile: false, root: join(BENCH, 'page'), logLevel: 'warn' } as const;
  const output = { outDir, emptyOutDir: true, target: 'es2023', assetsInlineLimit: 0 };
  await build({ ...shared, worker: { format: 'es' }, build: output });
  const server = await preview({ ...shared, build: { outDir }, preview: { host: '127.0.0.1', port: 4790 } });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('the benchmark page is not served');
  return {
    version: await inBrowser(url, async (page) => page.context().browser()?.version() ?? 'unknown'),
    run: async (path, since, now) => {
      const rows = await inBrowser(url, (page, memory) => rowSteps(page, memory, path, since));
      const imports = await inBrowser(url, (page, memory) => importSteps(page, memory, path, now));
      return {
        steps: { ...rows.steps, ...imports.steps },
        longestTask: Math.max(rows.longestTask, imports.longestTask),
      };
    },
    close: () => server.close(),
  };
}

interface Half<T> {
  readonly steps: T;
  readonly longestTask: number;
}

async function rowSteps(page: Page, memory: Meter, path: string, since: number): Promise<Half<RowSteps>> {
  await choose(page, path);
  const list = await memory.measure(() => page.evaluate(() => window.bench.list()));
  const recent = await memory.measure(() => page.evaluate((at) => window.bench.recent(at), since));
  const all = await memory.measure(() => page.evaluate(() => window.bench.all()));
  return { steps: { list, recent, all }, longestTask: await longestTask(page) };
}

async function importSteps(page: Page, memory: Meter, path: string, now: number): Promise<Half<ImportSteps>> {
  await choose(page, path);
  await page.evaluate((at) => window.bench.open(at), now);
  const first = await memory.measure(() => page.evaluate(() => window.bench.import()));
  const again = await memory.measure(() => page.evaluate(() => window.bench.import()));
  return { steps: { import: first, again }, longestTask: await longestTask(page) };
}

/** Paths go to the browser as they are, so that the page has real files of any size. */
async function choose(page: Page, path: string): Promise<void> {
  await page.setInputFiles('#files', [path, `${path}-wal`]);
}

function longestTask(page: Page): Promise<number> {
  return page.evaluate(() => window.bench.longestTask);
}

/** A fresh browser with a fresh profile on disk, so that what is kept is really written. */
async function inBrowser<T>(url: string, use: (page: Page, memory: Meter) => Promise<T>): Promise<T> {
  const profile = mkdtempSync(join(tmpdir(), 'dramatis-bench-'));
  const { path, env } = await ensureBrowser();
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: path,
    args: FLAGS,
    env: { ...process.env, ...env },
  });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(url);
    await page.evaluate(() => window.bench.start());
    return await use(page, new Meter(await rendererMemory(context)));
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/** Memory of the process the page and its worker live in. */
class Meter {
  private readonly memory: PeakMemory | null;
  private readonly idle: number;

  constructor(memory: PeakMemory | null) {
    this.memory = memory;
    this.idle = memory?.read().now ?? 0;
  }

  async measure(action: () => Promise<Measured>): Promise<StepRun> {
    this.memory?.reset();
    const measured = await action();
    return { ...measured, peak: this.memory ? this.memory.read().peak - this.idle : null };
  }
}

/** The renderer with the most memory is the one with the page; the others are spare ones. */
async function rendererMemory(context: BrowserContext): Promise<PeakMemory | null> {
  const session = await context.browser()?.newBrowserCDPSession();
  if (!session) return null;
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => peakMemory(id));
  const found = renderers.flatMap((memory) => (memory ? [memory] : []));
  return found.sort((a, b) => b.read().now - a.read().now)[0] ?? null;
}
