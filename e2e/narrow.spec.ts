import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { importSample, openStart, receipt } from './support/app.ts';

async function sidewaysPixels(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

for (const [what, viewport] of [
  ['360 px wide', { width: 360, height: 740 }],
  ['at 200 % zoom of 1280 px', { width: 640, height: 400 }],
] as const) {
  test.describe(what, () => {
    test.use({ viewport });

    test('no screen scrolls sideways', async ({ page }) => {
      await openStart(page);
      expect(await sidewaysPixels(page)).toBeLessThanOrEqual(0);
      await page.getByRole('button', { name: 'Try the sample' }).click();
      await receipt(page);
      expect(await sidewaysPixels(page)).toBeLessThanOrEqual(0);
      await page.getByRole('link', { name: 'See the personas' }).click();
      await expect(page.getByRole('heading', { name: 'build' })).toBeVisible();
      expect(await sidewaysPixels(page)).toBeLessThanOrEqual(0);
      await page.getByRole('link', { name: 'build', exact: true }).click();
      await expect(page.getByRole('article').last()).toBeVisible();
      expect(await sidewaysPixels(page)).toBeLessThanOrEqual(0);
      for (const path of ['/sessions', '/import']) {
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        expect(await sidewaysPixels(page)).toBeLessThanOrEqual(0);
      }
    });

    test('a session opens and closes', async ({ page }) => {
      await importSample(page);
      await page.goto('/sessions');
      await page.getByRole('row').nth(1).click();
      const details = page.getByRole('complementary', { name: 'Session' });
      await expect(details.getByText(/^opencode --session ses_/)).toBeVisible();
      await details.getByRole('button', { name: 'Close' }).click();
      await expect(details).toBeHidden();
    });
  });
}
