import { expect, test } from '@playwright/test';
import { importSample, openStart, personaNames, receipt } from './support/app.ts';
import { findings } from './support/axe.ts';
import { dropPaths } from './support/drop.ts';
import { ownFile } from './support/files.ts';

for (const theme of ['light', 'dark'] as const) {
  test.describe(`in ${theme}`, () => {
    test.use({ colorScheme: theme });

    test('axe finds nothing on Start, the receipt and the help', async ({ page }) => {
      await openStart(page);
      expect(await findings(page)).toEqual([]);
      await page.getByRole('button', { name: 'Try the sample' }).click();
      await receipt(page);
      expect(await findings(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await expect(page.getByRole('heading', { name: 'Keyboard' })).toBeVisible();
      expect(await findings(page)).toEqual([]);
    });

    test('axe finds nothing on Personas, a persona, Sessions and Import', async ({ page }) => {
      await importSample(page);
      await expect(personaNames(page).first()).toBeVisible();
      expect(await findings(page)).toEqual([]);

      await page.getByRole('link', { name: 'build', exact: true }).click();
      await expect(page.getByRole('article').last()).toBeVisible();
      expect(await findings(page)).toEqual([]);

      await page.goto('/sessions');
      await page.getByRole('row').nth(2).click();
      await expect(page.getByRole('complementary', { name: 'Session' })).toBeVisible();
      expect(await findings(page)).toEqual([]);

      await page.goto('/import');
      await expect(page.getByRole('heading', { name: 'Sources' })).toBeVisible();
      expect(await findings(page)).toEqual([]);
    });

    test('axe finds nothing where there is nothing yet, and where an import failed', async ({ page }, info) => {
      for (const [path, words] of [
        ['/personas', 'Nobody is on stage yet'],
        ['/sessions', 'The catalog is empty'],
        ['/nowhere', 'Nothing is at this address'],
      ] as const) {
        await page.goto(path);
        await expect(page.getByText(words)).toBeVisible();
        expect(await findings(page)).toEqual([]);
      }
      await dropPaths(page, [ownFile(info, 'notes.txt', 'Buy bread.')]);
      await expect(page.getByRole('alert')).toContainText('Everything is as it was');
      expect(await findings(page)).toEqual([]);
    });
  });
}
