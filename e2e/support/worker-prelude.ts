import type { BrowserContext, Page } from '@playwright/test';

/** Runs some code in the worker before its own: how a test gives it a slow disk, or no storage. */
export async function withWorkerPrelude(context: BrowserContext, code: string): Promise<void> {
  await context.route('**/workspace.worker-*.js', async (route) => {
    const answer = await route.fetch({ maxRetries: 3 });
    await route.fulfill({ response: answer, body: `${code}\n${await answer.text()}` });
  });
}

/** Lets a test say which question of the page the worker fails at: the name of what is asked, as `transcripts.page`. See {@link failAt}. */
export function withFailures(context: BrowserContext): Promise<void> {
  return withWorkerPrelude(context, FAILURES);
}

/** From now on the worker fails at this question; '' at none. */
export function failAt(page: Page, question: string): Promise<void> {
  return tellWorker(page, 'failures', question);
}

/** Tells a prelude something on a channel. Resolves when it says that it has heard. */
export async function tellWorker(page: Page, name: string, told: string | boolean): Promise<void> {
  await page.evaluate(
    ([on, what]) =>
      new Promise((resolve) => {
        const channel = new BroadcastChannel(on);
        channel.addEventListener('message', resolve, { once: true });
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
        channel.postMessage(what);
      }),
    [name, told] as const,
  );
}

const FAILURES = `{
  let failing = '';
  const channel = new BroadcastChannel('failures');
  channel.onmessage = ({ data }) => {
    failing = data;
    channel.postMessage('heard');
  };
  addEventListener('message', (event) => {
    const { id, type, path } = event.data;
    if (type !== 'APPLY' || path.join('.') !== failing) return;
    event.stopImmediatePropagation();
    const error = { name: 'Error', message: 'The disk is full of sand.', stack: '' };
    postMessage({ id, type: 'HANDLER', name: 'throw', value: { isError: true, value: error } });
  });
}`;
