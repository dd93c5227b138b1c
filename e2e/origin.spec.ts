import { expect, test } from '@playwright/test';
import { importSample, openStart, receipt, sheet } from './support/app.ts';
import { dropPaths } from './support/drop.ts';
import { opencodeFolder } from './support/files.ts';
import { items } from './support/memory.ts';

// what the service worker asks for counts as well
test.use({ serviceWorkers: 'allow' });

test('a whole visit makes no request beyond the origin, and the policy would refuse one', async ({ page }, info) => {
  const { db, wal } = opencodeFolder(info);
  const asked: string[] = [];
  const complaints: string[] = [];
  page.context().on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));

  await importSample(page);
  await page.getByRole('link', { name: 'build', exact: true }).click();
  await expect(page.getByRole('article').last()).toBeVisible();
  await page.goto('/sessions');
  await page.getByRole('row').nth(1).click();
  await page.getByRole('link', { name: 'Memory', exact: true }).click();
  await expect(items(page).first()).toBeVisible();
  await page.getByRole('link', { name: 'Activity', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Activity', level: 1 })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('tests');
  await expect(page.getByRole('dialog', { name: 'Search' }).getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  await dropPaths(page, [db, wal]);
  await receipt(page);
  const saving = page.waitForEvent('download');
  await sheet(page).getByRole('button', { name: 'Download JSON' }).click();
  expect((await saving).suggestedFilename()).toMatch(/^dramatis-receipt-.*\.json$/);

  await page.keyboard.press('Escape');
  await page.goto('/sessions');
  await page.getByRole('row').nth(1).click();
  await page.getByRole('complementary', { name: 'Session' }).locator('a[href^="/sessions/"]').first().click();
  await dropPaths(page, [db, wal]);
  await receipt(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Save the transcript' }).click();
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  expect((await saved).suggestedFilename()).not.toBe('');

  const { origin } = new URL(page.url());
  const beyond = asked.filter((url) => !url.startsWith(`${origin}/`) && !url.startsWith(`blob:${origin}/`));
  expect(beyond).toEqual([]);
  // the one part that might ask another origin is kept with the rest of the app, and never begun
  expect(asked.filter((url) => /outside\.worker.*\?/.test(url))).toEqual([]);
  expect(complaints).toEqual([]);
});

test('the policy stands in the header and in the page, and refuses other origins', async ({ page }) => {
  const answer = await page.goto('/');
  const header = answer?.headers()['content-security-policy'] ?? '';
  expect(header).toContain("default-src 'self'");
  expect(header).toContain("connect-src 'self'");
  await expect(page.locator('meta[http-equiv="Content-Security-Policy"]')).toHaveAttribute(
    'content',
    /default-src 'self'/,
  );
  await openStart(page);
  const wasRefused = await page.evaluate(() =>
    fetch('https://example.com/').then(
      () => false,
      () => true,
    ),
  );
  expect(wasRefused).toBe(true);
});
