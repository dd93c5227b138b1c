import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { importSample } from './support/app.ts';
import { findings } from './support/axe.ts';
import { items, openMemory } from './support/memory.ts';

async function expectClean(page: Page): Promise<void> {
  expect(await findings(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
}

for (const theme of ['light', 'dark'] as const) {
  for (const width of [1280, 360]) {
    test.describe(`in ${theme}, ${width} px wide`, () => {
      test.use({ colorScheme: theme });

      test('axe finds nothing on Memory and Settings, and nothing scrolls sideways', async ({ page }, info) => {
        await importSample(page);
        await openMemory(page);
        await page.setViewportSize({ width, height: 800 });
        await expect(items(page).first()).toBeVisible();
        await expectClean(page);
        await page.keyboard.press('Home');
        await page.keyboard.press('c');
        await page.keyboard.press('j');
        await page.keyboard.press('m');
        await page.keyboard.press('Enter');
        await expect(page.getByText(/^Said to /)).toBeVisible();
        await expect(page.getByRole('status', { name: 'What was done' })).toContainText('Confirmed');
        await page.screenshot({ path: info.outputPath('memory.png') });
        await expectClean(page);

        await page.getByRole('link', { name: 'Settings' }).click();
        await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
        await expectClean(page);
        await page.getByRole('radio', { name: /OpenAI-compatible/ }).click();
        await page.getByRole('button', { name: 'Ollama' }).click();
        await expect(page.getByText(/OLLAMA_ORIGINS=/)).toBeVisible();
        await page.getByRole('button', { name: 'Show it on my messages' }).click();
        await expect(page.getByText(/would be taken out/)).toBeVisible();
        await page.screenshot({ path: info.outputPath('settings.png'), fullPage: true });
        await expectClean(page);
        await page.getByRole('radio', { name: /Anthropic/ }).click();
        await expect(page.getByRole('textbox', { name: 'Model' })).toBeVisible();
        await expectClean(page);
      });
    });
  }
}
