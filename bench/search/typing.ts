/** What a keystroke costs the page that shows what was found: its longest task by processor time, in the app itself. */
import type { Page } from '@playwright/test';
import { setWorkerClock } from '../app-run.ts';
import { dropFiles, inBrowser } from '../chromium.ts';
import { longestTask } from '../main-thread.ts';
import { serveApp } from '../serve-app.ts';

/** Typed letter by letter, with a pause behind each word in which the whole history is searched. */
const WORDS = ['the', ' retry', ' loop'];
const KEY_MS = 120;
const PAUSE_MS = 1_500;

/** ms of processor time */
export interface Typing {
  readonly page: number;
  readonly palette: number;
}

/** @param now what the worker takes for now, ms */
export async function measureTyping(database: string, now: number): Promise<Typing> {
  const app = await serveApp(4794);
  try {
    return await inBrowser(async (page) => {
      await setWorkerClock(page, now);
      await page.addInitScript(() => localStorage.setItem('dramatis.extraction', 'stop built-in'));
      await page.goto(app.url);
      await page.getByText('OpenCode database').waitFor();
      await dropFiles(page, [database, `${database}-wal`]);
      await page.locator('[role="dialog"] output').waitFor({ timeout: 300_000 });
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').waitFor();
      const palette = await longestTask(page, () => type(page));
      await page.keyboard.press('Escape');
      await page.evaluate(() => history.pushState(null, '', '/search'));
      await page.getByRole('searchbox').waitFor();
      await page.getByRole('searchbox').focus();
      return { palette, page: await longestTask(page, () => type(page)) };
    });
  } finally {
    await app.close();
  }
}

async function type(page: Page): Promise<void> {
  for (const word of WORDS) {
    await page.keyboard.type(word, { delay: KEY_MS });
    await page.waitForTimeout(PAUSE_MS);
  }
}
