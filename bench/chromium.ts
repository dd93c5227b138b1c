import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { ensureBrowser } from '../scripts/ensure-browser.mjs';
import { peakMemory, type PeakMemory } from './peak-memory.ts';

const FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A fresh browser with a fresh profile on disk, so that what is kept is really written. */
export async function inBrowser<T>(use: (page: Page, context: BrowserContext) => Promise<T>): Promise<T> {
  const profile = mkdtempSync(join(tmpdir(), 'dramatis-bench-'));
  const { path, env } = await ensureBrowser();
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: path,
    args: FLAGS,
    env: { ...process.env, ...env },
    serviceWorkers: 'block',
  });
  try {
    return await use(context.pages()[0] ?? (await context.newPage()), context);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/** Drops files or a folder on the page, through the system's own kind of drop. */
export async function dropFiles(page: Page, files: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data });
  }
  await session.detach();
}

export function chromiumVersion(): Promise<string> {
  return inBrowser(async (_, context) => context.browser()?.version() ?? 'unknown');
}

/**
 * Memory of the process a page and its worker live in, over what it is when the meter is made. Browsers keep spare
 * processes: the one that grows most is the page's.
 */
export class MemoryMeter {
  private readonly processes: readonly { readonly memory: PeakMemory; readonly idle: number }[];

  private constructor(memories: readonly PeakMemory[]) {
    this.processes = memories.map((memory) => ({ memory, idle: memory.read().now }));
  }

  static async of(context: BrowserContext): Promise<MemoryMeter> {
    const session = await context.browser()?.newBrowserCDPSession();
    const processes = (await session?.send('SystemInfo.getProcessInfo'))?.processInfo ?? [];
    const renderers = processes.filter(({ type }) => type === 'renderer');
    return new MemoryMeter(renderers.flatMap(({ id }) => peakMemory(id) ?? []));
  }

  /** What the action gives, and the peak in bytes while it ran; null where the system can't tell. */
  async measure<T extends object>(action: () => Promise<T>): Promise<T & { readonly peak: number | null }> {
    for (const { memory } of this.processes) memory.reset();
    const measured = await action();
    const peaks = this.processes.map(({ memory, idle }) => memory.read().peak - idle);
    return { ...measured, peak: peaks.length > 0 ? Math.max(...peaks) : null };
  }
}
