import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { build, preview } from 'vite';
import { dropFiles, inBrowser, MemoryMeter } from './chromium.ts';
import type { HistorySize } from './activity/history.ts';
import type { ActivityMeasured } from './activity/measure.ts';
import type { Measured } from './measure.ts';
import type { ChromiumSteps } from './result.ts';
import type { Keystrokes } from './search/keystrokes.ts';

/** An agent that runs writes again and again. */
export const TIMES_GROWN = 5;
const BENCH = dirname(fileURLToPath(import.meta.url));

/** What is done with a folder, in a fresh browser each time. */
export type FolderStep = 'readFiles' | 'readFolder';

export interface FolderImports {
  readonly first: Measured;
  /** Nothing changed, and everything is looked at. */
  readonly again: Measured;
  /** A bare look at all files. */
  readonly look: Measured;
  /** One transcript grew, and the browser told of it, several times. */
  readonly grown: readonly Measured[];
}

export interface ChromiumBench {
  /** One run of all steps, reading and importing each in a fresh browser. */
  run(path: string, since: number, now: number): Promise<ChromiumSteps>;
  folder(path: string, step: FolderStep): Promise<Measured>;
  /** Imports of a folder that is watched. @param grow lets one of its transcripts grow by a prompt */
  imports(path: string, now: number, grow: () => void): Promise<FolderImports>;
  /** Keystrokes over what an import of the database keeps. */
  search(path: string, now: number): Promise<Keystrokes>;
  /** A history of this size is made there, and reported. */
  activity(size: HistorySize): Promise<ActivityMeasured>;
  close(): Promise<void>;
}

/** Builds the benchmark's own page, which has the engine and nothing else, and serves it on this machine only. */
export async function openChromiumBench(): Promise<ChromiumBench> {
  const outDir = join(dirname(BENCH), '.cache', 'bench-page');
  const shared = { configFile: false, root: join(BENCH, 'page'), logLevel: 'warn' } as const;
  const output = { outDir, emptyOutDir: true, target: 'es2023', assetsInlineLimit: 0 };
  await build({ ...shared, worker: { format: 'es' }, build: output });
  const server = await preview({ ...shared, build: { outDir }, preview: { host: '127.0.0.1', port: 4790 } });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('the benchmark page is not served');
  return {
    run: async (path, since, now) => {
      const rows = await withFiles(url, path, (page, memory) => rowSteps(page, memory, since));
      const imports = await withFiles(url, path, (page, memory) => importSteps(page, memory, now));
      return { ...rows, ...imports };
    },
    folder: (path, step) => withFolder(url, path, (page) => folderStep(page, step)),
    imports: (path, now, grow) => withFolder(url, path, (page) => folderImports(page, now, grow)),
    search: (path, now) => withFiles(url, path, (page) => page.evaluate((at) => window.bench.search(at), now)),
    activity: (size) => withPage(url, (page) => page.evaluate((asked) => window.bench.activity(asked), size)),
    close: () => server.close(),
  };
}

/** Paths go to the browser as they are, so that the page has real files of any size. */
function withFiles<T>(url: string, path: string, use: (page: Page, memory: MemoryMeter) => Promise<T>): Promise<T> {
  return inBrowser(async (page, context) => {
    await page.goto(url);
    await page.setInputFiles('#files', [path, `${path}-wal`]);
    await page.evaluate(() => window.bench.start());
    return use(page, await MemoryMeter.of(context));
  });
}

function withPage<T>(url: string, use: (page: Page) => Promise<T>): Promise<T> {
  return inBrowser(async (page) => {
    await page.goto(url);
    await page.evaluate(() => window.bench.start());
    return use(page);
  });
}

function withFolder<T>(url: string, path: string, use: (page: Page) => Promise<T>): Promise<T> {
  return inBrowser(async (page) => {
    await page.goto(url);
    await dropFiles(page, [path]);
    await page.evaluate(() => window.bench.start());
    return use(page);
  });
}

function folderStep(page: Page, step: FolderStep): Promise<Measured> {
  if (step === 'readFiles') return page.evaluate(() => window.bench.readFiles());
  return page.evaluate(() => window.bench.readFolder());
}

async function folderImports(page: Page, now: number, grow: () => void): Promise<FolderImports> {
  await page.evaluate(() => window.bench.watch());
  await page.evaluate((at) => window.bench.openFolder(at), now);
  const first = await page.evaluate(() => window.bench.importWatched());
  const again = await page.evaluate(() => window.bench.import());
  const look = await page.evaluate(() => window.bench.lookAtFiles());
  const grown: Measured[] = [];
  for (let time = 1; time <= TIMES_GROWN; time++) {
    const rescan = page.evaluate(() => window.bench.rescan());
    // it waits for the change by now
    await page.evaluate(() => undefined);
    grow();
    grown.push(await rescan);
  }
  return { first, again, look, grown };
}

async function rowSteps(page: Page, memory: MemoryMeter, since: number) {
  const list = await memory.measure(() => page.evaluate(() => window.bench.list()));
  const recent = await memory.measure(() => page.evaluate((at) => window.bench.recent(at), since));
  const all = await memory.measure(() => page.evaluate(() => window.bench.all()));
  const bytes = await memory.measure(() => page.evaluate(() => window.bench.bytes()));
  return { list, recent, all, bytes };
}

async function importSteps(page: Page, memory: MemoryMeter, now: number) {
  await page.evaluate((at) => window.bench.open(at), now);
  const first = await memory.measure(() => page.evaluate(() => window.bench.import()));
  const again = await memory.measure(() => page.evaluate(() => window.bench.import()));
  return { import: first, again };
}
