/** Opening a long session in the app, in Chromium: from the click to the newest screen painted. */
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { dropFiles, inBrowser } from './chromium.ts';
import { longestTask } from './main-thread.ts';
import { ROOT } from './places.ts';
import { serveApp } from './serve-app.ts';

export interface AppOpening {
  /** ms; the first time the code of the screen is loaded as well. */
  readonly first: number;
  readonly again: number;
  /** ms of processor time of the page's thread, while it is opened once more. */
  readonly longestTask: number;
}

export interface LongSession {
  /** What is dropped: files, or a folder. */
  readonly paths: readonly string[];
  readonly id: string;
  /** Id of its last message. */
  readonly last: string;
  readonly messages: number;
}

/** The session that was open is closed by then. */
const SETTLED_MS = 2_000;

declare global {
  interface Window {
    openTranscript: (address: string, last: string) => Promise<number>;
  }
}

export interface TranscriptAppBench {
  open(session: LongSession): Promise<AppOpening>;
  close(): Promise<void>;
}

export async function openTranscriptApp(): Promise<TranscriptAppBench> {
  const { url, close } = await serveApp(4793);
  return { open: (session) => openInApp(url, session), close };
}

function openInApp(url: string, session: LongSession): Promise<AppOpening> {
  return inBrowser(async (page) => {
    await page.addInitScript({ path: join(ROOT, 'bench', 'watch-transcript.js') });
    // what reads in the background has its own part of the bench
    await page.addInitScript(() => localStorage.setItem('dramatis.extraction', 'stop built-in'));
    await page.goto(url);
    await page.getByText('OpenCode database').waitFor();
    await dropFiles(page, [...session.paths]);
    await page.locator('[role="dialog"] output').waitFor({ timeout: 300_000 });
    await page.keyboard.press('Escape');
    await showSessions(page);
    const first = await open(page, session);
    await readToItsBeginning(page, session);
    const again = await open(page, session);
    await readToItsBeginning(page, session);
    const task = await longestTask(page, async () => void (await open(page, session)));
    return { first, again, longestTask: task };
  });
}

/** ms from the click until the last message is painted. */
function open(page: Page, { id, last }: LongSession): Promise<number> {
  return page.evaluate(([address, message]) => window.openTranscript(address, message), [
    `/sessions/${id}`,
    last,
  ] as const);
}

/** Waits until all messages are known, then leaves the session. */
async function readToItsBeginning(page: Page, { messages }: LongSession): Promise<void> {
  await page.getByText(`${messages.toLocaleString('en')} messages`).waitFor();
  await showSessions(page);
}

async function showSessions(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Sessions' }).click();
  await page.getByRole('heading', { name: 'Sessions', level: 1 }).waitFor();
  await page.waitForTimeout(SETTLED_MS);
}
