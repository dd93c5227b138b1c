import type { BrowserContext, Page } from '@playwright/test';
import { withWorkerPrelude } from './worker-prelude.ts';

/** A page, and its worker, opened at a moment that stands still. */
export async function openAt(context: BrowserContext, now: number): Promise<Page> {
  await withWorkerPrelude(context, `Date.now = () => ${now};`);
  const page = await context.newPage();
  await page.clock.setFixedTime(now);
  return page;
}
