import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { importSample } from './support/app.ts';
import { findings } from './support/axe.ts';

function box(page: Page) {
  return page.getByRole('dialog', { name: 'Search' });
}

async function openBox(page: Page, typed = ''): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(box(page)).toBeVisible();
  if (typed !== '') await page.keyboard.type(typed);
}

test('the box finds a kept message and leads to it, by keyboard alone', async ({ page }) => {
  await importSample(page);
  await openBox(page, 'rate limit');
  const message = box(page)
    .getByRole('group', { name: /^Kept messages/ })
    .getByRole('option')
    .first();
  await expect(message).toBeVisible();
  await page.screenshot({ path: 'test-results/search-box.png' });
  const words = await message.locator('mark').first().textContent();
  while ((await message.getAttribute('aria-selected')) !== 'true') await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(box(page)).toBeHidden();
  await expect(page).toHaveURL(/\/personas\/.*message=/);
  const marked = page.locator('article[aria-current="true"]');
  await expect(marked).toBeInViewport();
  await expect(marked).toContainText(words ?? 'no words', { ignoreCase: true });
});

test('every screen is reached from the box, and a slash opens it where the screen has no search', async ({ page }) => {
  await importSample(page);
  await page.keyboard.press('/');
  await expect(box(page)).toBeVisible();
  await page.keyboard.type('setti');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/settings$/);
  await page.goto('/sessions');
  await expect(page.getByRole('searchbox')).toBeVisible();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await expect(box(page)).toBeHidden();
  await page.keyboard.press('Control+k');
  await expect(box(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(box(page)).toBeHidden();
});

test('what is only in the source is found behind what is kept, and counted', async ({ page }) => {
  await importSample(page);
  await openBox(page, 'the');
  const status = box(page).getByRole('status');
  await expect(status).toContainText(/messages searched, \d+ more found/);
  await expect(status).toContainText(/Kept: .*messages/);
});

test('the page has the same, with filters that stand in the box as words', async ({ page }) => {
  await importSample(page);
  await openBox(page, 'rate');
  await box(page)
    .getByRole('option', { name: /^All results/ })
    .click();
  await expect(page).toHaveURL(/\/search\?q=rate$/);
  await expect(page.getByRole('heading', { name: /^Kept messages/ })).toBeVisible();
  await page.getByLabel('Who spoke').selectOption('user');
  const field = page.getByRole('searchbox');
  await expect(field).toHaveValue('rate role:user');
  await expect(page.getByRole('heading', { name: /^Sessions/ })).toBeHidden();
  await field.fill('rate role:user since:soon');
  await expect(page.getByText('is no date')).toBeVisible();
  await field.fill('qqqq');
  await expect(page.getByRole('paragraph').filter({ hasText: 'Nothing kept fits' })).toBeVisible();
  await page.getByRole('main').screenshot({ path: 'test-results/search-none.png' });
});

test('searches are remembered on this device until they are cleared', async ({ page }) => {
  await importSample(page);
  await openBox(page, 'rate limit');
  await box(page)
    .getByRole('option', { name: /^All results/ })
    .click();
  await page.goto('/personas');
  await expect(page.getByRole('heading', { name: 'Personas', level: 1 })).toBeVisible();
  await openBox(page);
  await box(page).getByRole('option', { name: 'rate limit' }).click();
  await expect(page.getByRole('combobox')).toHaveValue('rate limit');
  await page.getByRole('combobox').fill('');
  await box(page).getByRole('option', { name: 'Clear recent searches' }).click();
  await expect(box(page).getByRole('option', { name: 'rate limit' })).toBeHidden();
  await expect(box(page).getByRole('option', { name: /^Personas/ })).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the box and on the page in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await importSample(page);
    await openBox(page);
    expect(await findings(page)).toEqual([]);
    await page.keyboard.type('rate');
    await expect(box(page).getByRole('group', { name: /^Kept messages/ })).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await page.goto('/search?q=rate');
    await expect(page.getByText(/messages searched/).last()).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await page.screenshot({ path: `test-results/search-page-${colorScheme}.png`, fullPage: true });
  });
}

test('at 360 px nothing is wider than the window', async ({ page }) => {
  await importSample(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('/search?q=rate');
  await expect(page.getByRole('heading', { name: /^Kept messages/ })).toBeVisible();
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  expect(await width()).toBeLessThanOrEqual(360);
  await page.screenshot({ path: 'test-results/search-page-narrow.png' });
  await openBox(page, 'rate');
  await expect(box(page).getByRole('group', { name: /^Kept messages/ })).toBeVisible();
  expect(await width()).toBeLessThanOrEqual(360);
  await page.screenshot({ path: 'test-results/search-box-narrow.png' });
});
