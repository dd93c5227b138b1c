import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { dropFiles, inBrowser, MemoryMeter } from './chromium.ts';
import type { AppRun } from './result.ts';
import { serveApp } from './serve-app.ts';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const RECEIPT = '[role="dialog"] output';

export interface AppBench {
  /** A drop on the app as a person does it, and the same again. */
  run(path: string, now: number): Promise<AppRun>;
  close(): Promise<void>;
}

/** See watch.js. Infinity: seen, but not painted yet. */
interface Marks {
  dropped: number;
  sessions: number;
  receipt: number;
  longestTask: number;
}

declare global {
  interface Window {
    marks: Marks;
  }
}

export async function openAppBench(): Promise<AppBench> {
  const { url, close } = await serveApp(4791);
  return { run: (path, now) => runApp(url, path, now), close };
}

/** So long at least a person needs to find their file. */
const FINDS_FILE_MS = 2_000;

function runApp(url: string, path: string, now: number): Promise<AppRun> {
  return inBrowser(async (page, context) => {
    await setWorkerClock(page, now);
    await page.addInitScript({ path: join(ROOT, 'bench', 'watch.js') });
    await page.goto(url);
    await page.getByText('OpenCode database').waitFor();
    await new Promise((resolve) => setTimeout(resolve, FINDS_FILE_MS));
    const memory = await MemoryMeter.of(context);
    await page.evaluate(() => (window.marks.longestTask = 0));
    const first = await memory.measure(() => drop(page, path));
    await page.keyboard.press('Escape');
    await page.locator(RECEIPT).waitFor({ state: 'detached' });
    const again = await drop(page, path);
    const longestTask = await page.evaluate(() => window.marks.longestTask);
    const { sessions: list, receipt, peak } = first;
    return { list, import: receipt, again: again.receipt, peak, longestTask };
  });
}

/** The 14 days are counted from now, which for a fixture is always the same: the worker gets its clock. */
export async function setWorkerClock(page: Page, now: number): Promise<void> {
  const clock = `{ const real = Date.now, start = real(); Date.now = () => ${now} + real() - start; }\n`;
  await page.route(/workspace\.worker/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: clock + (await response.text()) });
  });
}

/** Drops a database and its `-wal` on the window. Gives ms since the drop. */
async function drop(page: Page, path: string): Promise<{ sessions: number; receipt: number }> {
  await dropFiles(page, [path, `${path}-wal`]);
  await page.waitForFunction(() => window.marks.receipt > 0 && window.marks.receipt < Infinity, null, {
    timeout: 300_000,
    polling: 100,
  });
  return page.evaluate(() => ({
    sessions: window.marks.sessions - window.marks.dropped,
    receipt: window.marks.receipt - window.marks.dropped,
  }));
}
