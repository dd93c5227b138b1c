/** The screen that stands in the page as it is sent: for a first visit, before any script ran, and for nobody else. */
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { importSample, personaNames, receipt, takenOver } from './support/app.ts';

const POSTER = /your coding agents have a history/i;

/** Scripts of the app come when they are let go: until then the page is what was sent. */
async function heldBack(page: Page): Promise<() => void> {
  let letGo = (): void => undefined;
  const wait = new Promise<void>((resolve) => (letGo = resolve));
  await page.route(/\/assets\/.*\.js/, async (route) => {
    await wait;
    await route.continue();
  });
  return letGo;
}

/** Nothing of the page is seen, and the style sheet is there. */
async function expectBlank(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(() => document.styleSheets.length)).toBeGreaterThan(0);
  await expect(page.locator('#root')).toBeHidden();
  await expect(page.getByRole('heading', { name: POSTER })).toBeHidden();
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the first screen is there, and says what it needs', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1, name: POSTER })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Try the sample' })).toBeVisible();
    await expect(page.locator('noscript')).toBeVisible();
  });
});

test('a first visit sees it before the app has come, and what is pressed then happens', async ({ page }) => {
  const letGo = await heldBack(page);
  await page.goto('/', { waitUntil: 'commit' });
  await expect(page.getByRole('heading', { level: 1, name: POSTER })).toBeVisible();
  await page.getByRole('button', { name: 'Try the sample' }).click();
  letGo();
  await receipt(page);
});

test('the app takes it over as it is', async ({ page }) => {
  const complaints: string[] = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  const letGo = await heldBack(page);
  // what is kept is never opened: nothing is added to the screen
  await page.route(/workspace\.worker/, () => undefined);
  await page.goto('/', { waitUntil: 'commit' });
  await page.getByText('auth.json').waitFor();
  const html = (): Promise<string> => page.locator('#root').evaluate((root) => root.innerHTML);
  const heading = await page.getByRole('heading', { level: 1 }).elementHandle();
  const sent = await html();
  letGo();
  await takenOver(page);
  expect(await html()).toBe(sent);
  expect(await heading?.evaluate((node) => node.isConnected)).toBe(true);
  expect(complaints).toEqual([]);
});

test('who has used the app does not see it', async ({ page }) => {
  await importSample(page);
  const letGo = await heldBack(page);
  await page.goto('/', { waitUntil: 'commit' });
  await expectBlank(page);
  letGo();
  await expect(personaNames(page).first()).toBeVisible();
});

test('another address does not show it', async ({ page }) => {
  const letGo = await heldBack(page);
  await page.goto('/settings', { waitUntil: 'commit' });
  await expectBlank(page);
  letGo();
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await expect(page.getByRole('heading', { name: POSTER })).toBeHidden();
});

test('a chosen theme is there from the first paint', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('dramatis.theme', 'dark'));
  await page.goto('/');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.getByRole('button', { name: 'Theme: dark' })).toBeVisible();
});
