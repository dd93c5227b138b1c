/** What holds on every screen there is, for everyone. */
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { importSample } from './support/app.ts';
import { findings } from './support/axe.ts';

/** Every screen, by its address in the sample. A session and a persona are found by their links. */
async function screens(page: Page): Promise<string[]> {
  const persona = await page.getByRole('main').getByRole('listitem').getByRole('link').first().getAttribute('href');
  await page.goto('/sessions');
  await page.getByRole('row').nth(1).click();
  const link = page.getByRole('complementary', { name: 'Session' }).locator('a[href^="/sessions/"]').first();
  const transcript = await link.getAttribute('href', { timeout: 15_000 });
  return [
    '/personas',
    persona ?? '',
    '/sessions',
    transcript ?? '',
    '/activity',
    '/memory',
    '/search?q=tests',
    '/sources',
    '/settings',
    '/import',
  ];
}

async function opened(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible();
  await page.waitForLoadState('networkidle');
}

function sidewaysPixels(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 360]) {
    test.describe(`in ${colorScheme}, ${width} px wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 800 } });

      test('axe finds nothing, nothing scrolls sideways, and each screen has one heading of its own', async ({
        page,
      }) => {
        test.setTimeout(180_000);
        await importSample(page);
        const titles = new Set<string>();
        const paths = await screens(page);
        for (const path of paths) {
          await opened(page, path);
          expect.soft(await findings(page), path).toEqual([]);
          expect.soft(await sidewaysPixels(page), path).toBe(0);
          await expect.soft(page.getByRole('heading', { level: 1 }), path).toHaveCount(1);
          titles.add(await page.title());
        }
        expect(titles.size).toBe(paths.length);
      });
    });
  }
}

test('with motion unwanted nothing moves, and with forced colours nothing is lost', async ({ page }) => {
  test.setTimeout(120_000);
  await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'active' });
  await importSample(page);
  for (const path of await screens(page)) {
    await opened(page, path);
    const moving = await page.evaluate(
      () =>
        document.getAnimations().filter((animation) => Number(animation.effect?.getComputedTiming().duration ?? 0) > 1)
          .length,
    );
    expect.soft(moving, path).toBe(0);
    expect.soft(await findings(page), path).toEqual([]);
  }
});

test('every screen is reached from the keyboard, and says so in its help', async ({ page }) => {
  await importSample(page);
  await page.keyboard.press('?');
  const help = page.getByRole('dialog');
  await expect(help).toBeVisible();
  const keys = (await help.locator('kbd').allTextContents()).join(' ');
  await page.keyboard.press('Escape');
  for (const [key, path] of [
    ['p', '/personas'],
    ['s', '/sessions'],
    ['a', '/activity'],
    ['m', '/memory'],
    ['o', '/sources'],
    [',', '/settings'],
    ['i', '/import'],
  ] as const) {
    await page.keyboard.press('g');
    await page.keyboard.press(key);
    await expect(page).toHaveURL(new RegExp(`${path}$`));
    expect(keys).toContain(key);
  }
});
