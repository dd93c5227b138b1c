import { expect, test } from '@playwright/test';
import { importSample, openStart } from './support/app.ts';

test('every screen is reached and used with the keyboard alone', async ({ page }) => {
  await importSample(page);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  const focused = page.getByRole('main').getByRole('link').nth(1);
  await expect(focused).toBeFocused();
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/personas\/opencode/);
  await expect(page.getByRole('article').last()).toBeVisible();
  await page.keyboard.press('k');
  const marked = page.locator('article[aria-current="true"]');
  await expect(marked).toHaveCount(1);
  await page.keyboard.press('Home');
  await expect(page.getByRole('article').first()).toBeInViewport();
  await page.keyboard.press('j');
  await expect(marked).toBeInViewport();

  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await expect(page).toHaveURL(/\/sessions$/);
  const filter = page.getByRole('searchbox');
  await expect(filter).toBeVisible();
  await page.keyboard.press('/');
  await expect(filter).toBeFocused();
  await page.keyboard.type('review rate');
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  await expect(page.locator('tr[aria-current="true"]')).toContainText('Review: rate limit');
  await page.keyboard.press('Enter');
  const details = page.getByRole('complementary', { name: 'Session' });
  await expect(details).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(details).toBeHidden();

  await page.keyboard.press('?');
  await expect(page.getByRole('heading', { name: 'Keyboard' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  await expect(page).toHaveURL(/\/personas$/);
});

test('the first stop of Tab skips to the content', async ({ page }) => {
  await openStart(page);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});

test('the theme is chosen, remembered, and there before the first paint', async ({ page }) => {
  await openStart(page);
  const theme = page.getByRole('button', { name: /^Theme/ });
  await theme.click();
  await theme.click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload({ waitUntil: 'commit' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});
