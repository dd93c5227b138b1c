import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { closeSheet, openStart, receipt } from './support/app.ts';
import { findings } from './support/axe.ts';
import { dropPaths } from './support/drop.ts';
import { CORPUS_STORE, hasCorpus } from './support/files.ts';

/** A session with shells, edits, pictures, a sub-agent, thoughts and errors, its first messages unfolded. */
async function openRich(page: Page): Promise<void> {
  await openStart(page);
  await dropPaths(page, [join(CORPUS_STORE, 'opencode.db'), join(CORPUS_STORE, 'opencode.db-wal')]);
  await receipt(page);
  await closeSheet(page);
  await page.goto('/sessions');
  await page.getByRole('button', { name: 'Money formatting helper and setup gaps', exact: true }).click();
  await page.getByRole('link', { name: 'Read the transcript' }).click();
  await expect(page.getByRole('article').last()).toBeVisible();
  // what is clicked must not be replaced by the list on the way
  await expect(page.locator('[data-newest]')).toHaveCount(0);
  await page.keyboard.press('Home');
  await expect(page.getByRole('button', { name: /^bash/ }).first()).toBeVisible();
  await page
    .getByRole('button', { name: /^Thinking/ })
    .first()
    .click();
  await page.getByRole('button', { name: /^bash/ }).first().click();
  await expect(page.getByText('5b8d858 Initial storefront skeleton')).toBeVisible();
}

for (const theme of ['light', 'dark'] as const) {
  test.describe(`in ${theme}`, () => {
    test.use({ colorScheme: theme });

    test('axe finds nothing on a transcript, its find, its raw view and what is saved of it', async ({
      page,
    }, info) => {
      test.skip(!hasCorpus(), `NO CORPUS at ${CORPUS_STORE}: its transcripts were NOT looked at`);
      await openRich(page);
      await page.screenshot({ path: info.outputPath('transcript.png') });
      expect(await findings(page)).toEqual([]);

      await page.keyboard.press('/');
      await page.getByRole('searchbox').fill('de-DE');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('figure', { name: /^Changes in/ }).first()).toBeVisible();
      await expect.poll(() => page.evaluate(() => CSS.highlights.get('found-now')?.size)).toBe(1);
      await page.screenshot({ path: info.outputPath('found.png') });
      expect(await findings(page)).toEqual([]);

      const marked = page.locator('article[aria-current="true"]');
      await marked.hover();
      await marked.getByRole('button', { name: 'Show it as the source has it' }).click();
      await expect(page.getByRole('dialog')).toContainText('"tool": "edit"');
      expect(await findings(page)).toEqual([]);
      await page.keyboard.press('Escape');

      await page.getByRole('button', { name: 'Save the transcript' }).click();
      await expect(page.getByText('Nothing that looks like a secret stands in it.')).toBeVisible();
      await page.screenshot({ path: info.outputPath('save.png') });
      expect(await findings(page)).toEqual([]);
    });
  });
}

test.describe('360 px wide', () => {
  test.use({ hasTouch: true });

  test('nothing of a transcript stands beside the screen', async ({ page }, info) => {
    test.skip(!hasCorpus(), `NO CORPUS at ${CORPUS_STORE}: its transcripts were NOT looked at`);
    await openRich(page);
    await page.setViewportSize({ width: 360, height: 700 });
    await page.screenshot({ path: info.outputPath('narrow.png') });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    const list = page.locator('[data-virtuoso-scroller="true"]');
    expect(await list.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    await page.getByRole('button', { name: 'Find in this session' }).click();
    await page.getByRole('searchbox').fill('money');
    await expect(page.getByText(/places/)).toBeVisible();
    await page.screenshot({ path: info.outputPath('narrow-find.png') });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
});
