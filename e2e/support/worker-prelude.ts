import type { BrowserContext } from '@playwright/test';

/** Runs some code in the worker before its own: how a test gives it a slow disk, or no storage. */
export async function withWorkerPrelude(context: BrowserContext, code: string): Promise<void> {
  await context.route('**/workspace.worker-*.js', async (route) => {
    const answer = await route.fetch({ maxRetries: 3 });
    await route.fulfill({ response: answer, body: `${code}\n${await answer.text()}` });
  });
}
