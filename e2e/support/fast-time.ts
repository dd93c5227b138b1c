/** Waits of half a minute and more pass in a moment, in the page and in its worker alike. */
import type { Page } from '@playwright/test';
import { withWorkerPrelude } from './worker-prelude.ts';

const TIMES = 600;
const LEAST_MS = 20_000;
/** The silence of a server is waited for as long as it is. */
const SILENCE_MS = 60_000;

export async function withFastTime(page: Page): Promise<void> {
  const began = Date.now();
  const code = `{
    const now = Date.now.bind(Date);
    const wait = globalThis.setTimeout.bind(globalThis);
    Date.now = () => ${began} + (now() - ${began}) * ${TIMES};
    globalThis.setTimeout = (act, ms, ...words) =>
      wait(act, ms >= ${LEAST_MS} && ms !== ${SILENCE_MS} ? ms / ${TIMES} : ms, ...words);
  }`;
  await page.addInitScript(code);
  await withWorkerPrelude(page.context(), code);
}
