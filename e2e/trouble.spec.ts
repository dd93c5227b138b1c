import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { importSample } from './support/app.ts';
import { failAt, withFailures } from './support/worker-prelude.ts';

const REASON = 'The disk is full of sand.';

/** Goes there without loading the page anew: the worker goes on. */
async function go(page: Page, address: string): Promise<void> {
  await page.evaluate((to) => history.pushState(null, '', to), address);
}

test.beforeEach(async ({ page, context }) => {
  await withFailures(context);
  await importSample(page);
});

test('a list whose first rows could not be had says why, and is there when it is tried again', async ({ page }) => {
  await failAt(page, 'sessions');
  await go(page, '/sessions');
  await expect(page.getByRole('heading', { level: 1, name: 'This could not be shown' })).toBeVisible();
  await expect(page.getByText(REASON)).toBeVisible();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText(REASON)).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('trouble.png') });
  await failAt(page, '');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('button', { name: 'Rehearsal notes', exact: true })).toBeVisible();
});

test('a screen in trouble does not stand in the way of another', async ({ page }) => {
  await failAt(page, 'sessions');
  await go(page, '/sessions');
  await expect(page.getByText(REASON)).toBeVisible();
  await page.getByRole('link', { name: 'Personas' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Personas' })).toBeVisible();
});

test('a transcript that could not be opened, or not to its beginning, says so and is tried again', async ({ page }) => {
  await go(page, '/sessions');
  await page.getByRole('button', { name: 'Rehearsal notes', exact: true }).click();
  const link = page.getByRole('link', { name: 'Read the transcript' });
  await expect(link).toBeVisible();
  await failAt(page, 'transcripts.open');
  await link.click();
  await expect(page.getByText(`The session could not be opened: ${REASON}`)).toBeVisible();
  await failAt(page, 'transcripts.page');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText(`Only its end could be read: ${REASON}`)).toBeVisible();
  await expect(page.getByRole('article').last()).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('only-its-end.png') });
  await failAt(page, '');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('4 messages')).toBeVisible();
  await failAt(page, 'transcripts.find');
  await page.keyboard.press('/');
  await page.getByRole('searchbox').fill('applied');
  await expect(page.getByText(`Stopped: ${REASON}`)).toBeVisible();
});
