import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { importSample } from './support/app.ts';
import { findings } from './support/axe.ts';

async function openActivity(page: Page, search = ''): Promise<void> {
  await page.goto(`/activity${search}`);
  await expect(page.getByRole('heading', { name: 'A year' })).toBeVisible();
}

test('a total opens into its intervals, and these into their messages', async ({ page }) => {
  await importSample(page);
  await openActivity(page);
  const total = page
    .getByRole('definition')
    .filter({ has: page.getByRole('button') })
    .nth(1);
  const said = await total.textContent();
  await total.getByRole('button').click();
  const sheet = page.getByRole('dialog', { name: /^Agent time/ });
  await expect(sheet.getByText(`intervals, ${said} together`)).toBeVisible();
  await sheet.getByRole('button', { name: 'Messages' }).first().click();
  await expect(sheet.getByRole('link', { name: 'your prompt' }).first()).toHaveAttribute(
    'href',
    /^\/sessions\/ses_\w+\?message=msg_\w+$/,
  );
});

test('own time is said to be estimated wherever it is shown, and follows the window', async ({ page }) => {
  await importSample(page);
  await openActivity(page);
  await expect(page.getByText(/estimated, from \d+ prompts, 5 min each at most/)).toBeVisible();
  const own = page.getByRole('definition').first();
  const before = await own.textContent();
  await page.getByLabel('Window of own time').selectOption('1');
  await expect(page.getByText(/1 min each at most/)).toBeVisible();
  await expect(own).not.toHaveText(before ?? '');
  await expect(page).toHaveURL(/window=1/);
});

test('every chart has a table of the same, reached by keyboard', async ({ page }) => {
  await importSample(page);
  await openActivity(page);
  for (const title of [
    'Agent time, day by day',
    'Own time, day by day',
    'By hour of the week',
    'A year',
    'Agents at work at once',
  ]) {
    const figure = page.getByRole('region', { name: title, exact: true });
    await figure.getByText('As a table').focus();
    await page.keyboard.press('Enter');
    await expect(figure.getByRole('table')).toBeVisible();
  }
});

test('the days can be chosen, stepped through and linked', async ({ page }) => {
  await importSample(page);
  await openActivity(page);
  await page.getByLabel('Range').selectOption('month');
  await expect(page).toHaveURL(/range=month/);
  await page.getByRole('button', { name: 'Earlier' }).click();
  await expect(page).toHaveURL(/at=\d{4}-\d{2}-\d{2}/);
  const aside = await page.locator('main header p').first().textContent();
  await page.reload();
  await expect(page.locator('main header p').first()).toHaveText(aside ?? '');
});

test('a time without work says so and leads to the last day with any', async ({ page }) => {
  await importSample(page);
  await openActivity(page, '?range=day&at=2020-02-02');
  await expect(page.getByText('Nothing was done in these days.')).toBeVisible();
});

test('the rows are saved as CSV and a summary is copied', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await importSample(page);
  await openActivity(page);
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'CSV' }).click();
  const text = await readFile(await (await downloading).path(), 'utf8');
  expect(text).toMatch(/^date,project_path,own_minutes,agent_minutes,agent_wall_minutes,sessions\r\n\d{4}-/);
  await page.getByRole('button', { name: 'Copy yesterday and today as text' }).click();
  await expect(page.getByRole('button', { name: 'Copy yesterday and today as text' })).toContainText('Copied');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(
    /^Yesterday \(\d{4}-\d{2}-\d{2}\): .*\n[^]*Today \(/,
  );
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in ${colorScheme}, its tables and the sheet open`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await importSample(page);
    await openActivity(page, '?range=month');
    await page.getByText('As a table').first().click();
    expect(await findings(page)).toEqual([]);
    await page.getByRole('definition').getByRole('button').first().click();
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });
}

test('nothing scrolls sideways at 360 px', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await importSample(page);
  await openActivity(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  expect(await findings(page)).toEqual([]);
});

test('with nothing imported it says what to do', async ({ page }) => {
  await page.goto('/activity');
  await expect(page.getByRole('link', { name: 'import your sessions' })).toBeVisible();
});
