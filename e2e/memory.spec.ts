import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { closeSheet, importSample, openStart, receipt } from './support/app.ts';
import { dropPaths } from './support/drop.ts';
import { extraction, items, openMemory } from './support/memory.ts';
import { ClaudeFolder } from './support/transcripts.ts';

const DEEDS = 'What was done';

/** Moves the mark to the first item and gives its name. */
async function markFirst(page: Page): Promise<string> {
  await page.keyboard.press('Home');
  const marked = page.locator('article[aria-current="true"]');
  await expect(marked).toHaveCount(1);
  return (await marked.getAttribute('aria-label')) ?? '';
}

test('what the sample says of the person is remembered with its words, by kind, and found', async ({ page }) => {
  await importSample(page);
  await openMemory(page);
  await expect(items(page).first()).toBeVisible();
  await expect(items(page).first().locator('q').first()).not.toBeEmpty();
  const kinds = page.getByRole('group', { name: 'Kinds' });
  const facts = Number(
    await kinds
      .getByRole('button', { name: /^Facts/ })
      .locator('span')
      .textContent(),
  );
  expect(facts).toBeGreaterThan(0);
  await kinds.getByRole('button', { name: /^Facts/ }).click();
  await expect(page).toHaveURL(/kind=fact/);
  await expect(items(page).getByText('Fact', { exact: true }).first()).toBeVisible();

  const name = await markFirst(page);
  await page.keyboard.press('/');
  await page.keyboard.type(name);
  await page.keyboard.press('Escape');
  await expect(items(page).first()).toHaveAttribute('aria-label', name);

  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^Said to /)).toBeVisible();
  await items(page).first().getByRole('link', { name: 'show the message' }).first().click();
  await expect(page).toHaveURL(/\/personas\/opencode.*message=/);
  await expect(page.locator('article[aria-current="true"]')).toBeInViewport();
});

test('confirmed, corrected, rejected, undone: kept over a reload, and a rejected one does not come back', async ({
  page,
}, info) => {
  const claude = new ClaudeFolder(info);
  claude.write(1, 'I prefer tabs over spaces. We use Postgres for the packlist. I never want semicolons.');
  await openStart(page);
  await dropPaths(page, [claude.path]);
  await receipt(page);
  await closeSheet(page);
  await openMemory(page);
  await page.getByRole('button', { name: /^Traits/ }).click();
  await expect(page).toHaveURL(/kind=trait/);
  await expect(items(page).getByText('Quote', { exact: true })).toHaveCount(0);
  await expect(items(page).first()).toBeVisible();
  const before = await items(page).count();
  expect(before).toBeGreaterThan(1);
  const told = page.getByRole('status', { name: DEEDS });

  const rejected = await markFirst(page);
  await page.keyboard.press('x');
  await expect(told).toContainText(`Rejected: ${rejected}`);
  await expect(items(page)).toHaveCount(before - 1);
  await page.keyboard.press('u');
  await expect(items(page)).toHaveCount(before);
  await expect(items(page).first()).toHaveAttribute('aria-label', rejected);
  await page.keyboard.press('x');
  await expect(items(page)).toHaveCount(before - 1);

  const confirmed = await markFirst(page);
  await page.keyboard.press('c');
  await expect(items(page).first().getByText('Confirmed')).toBeVisible();
  await page.keyboard.press('e');
  await page.getByRole('textbox', { name: 'Name' }).fill(`${confirmed}, always`);
  await page.keyboard.press('Enter');
  await expect(items(page).first()).toHaveAttribute('aria-label', `${confirmed}, always`);
  await page.getByRole('button', { name: 'History' }).click();
  await expect(page.getByRole('dialog').getByRole('listitem')).toHaveCount(3);
  await page.keyboard.press('Escape');

  await page.reload();
  await expect(items(page).first()).toHaveAttribute('aria-label', `${confirmed}, always`);
  await expect(items(page)).toHaveCount(before - 1);
  // the same words again, and more of the session
  claude.write(2, 'I prefer tabs over spaces. We use Postgres for the packlist. I never want semicolons.', 0.5);
  await dropPaths(page, [claude.path]);
  await receipt(page);
  await closeSheet(page);
  await expect(extraction(page).getByText(/1 session read/)).toBeVisible();
  await page.getByRole('combobox', { name: 'Status' }).selectOption('Rejected');
  await expect(items(page).first()).toHaveAttribute('aria-label', rejected);
  await page.getByRole('combobox', { name: 'Status' }).selectOption('All that stands');
  await expect(items(page).first()).toBeVisible();
  expect(await items(page).evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')))).not.toContain(
    rejected,
  );
});

test('two people become one, and are parted again', async ({ page }, info) => {
  const claude = new ClaudeFolder(info);
  claude.write(1, 'My colleague Sarah owns the deploy. My colleague Miriam reviews the schema.');
  await openStart(page);
  await dropPaths(page, [claude.path]);
  await receipt(page);
  await closeSheet(page);
  await openMemory(page);
  await page.getByRole('button', { name: /^People/ }).click();
  await expect(items(page)).toHaveCount(2);
  for (const name of ['Sarah', 'Miriam'])
    await page.getByRole('checkbox', { name: `Choose ${name} to be merged` }).check();
  const merge = page.getByRole('region', { name: 'Merge' });
  await merge.getByRole('combobox').selectOption('Sarah');
  await merge.getByRole('button', { name: 'Make them one' }).click();
  await expect(items(page)).toHaveCount(1);
  await expect(items(page).first()).toContainText('also Miriam');
  await page.keyboard.press('u');
  await expect(items(page)).toHaveCount(2);
});

test('a persona and a session lead to what they say of the person', async ({ page }) => {
  await importSample(page);
  await openMemory(page);
  const all = await page.getByRole('group', { name: 'Kinds' }).getByRole('button', { name: /^All/ }).textContent();
  await page.getByRole('link', { name: 'Personas' }).click();
  await page.getByRole('link', { name: 'build', exact: true }).click();
  await page.getByRole('link', { name: /items? remembered$/ }).click();
  await expect(page.getByRole('combobox', { name: 'Persona' })).toHaveValue('opencode:build');
  await expect(items(page).first()).toBeVisible();
  expect(await page.getByRole('group', { name: 'Kinds' }).getByRole('button', { name: /^All/ }).textContent()).not.toBe(
    all,
  );

  await items(page).first().getByRole('button', { expanded: false }).first().click();
  await items(page).first().locator('li').getByRole('link').first().click();
  const details = page.getByRole('complementary', { name: 'Session' });
  await expect(details.getByRole('heading', { name: 'Remembered' })).toBeVisible();
  await details.getByRole('link', { name: /with your words$/ }).click();
  await expect(page).toHaveURL(/\/memory\?session=/);
  await expect(items(page).first()).toBeVisible();
  await page.getByRole('button', { name: 'From any session' }).click();
  await expect(page).not.toHaveURL(/session=/);
});

test('nothing yet: the screen says what to do', async ({ page }) => {
  await page.goto('/memory');
  await expect(page.getByText('Nothing is remembered yet')).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'import your sessions' }).click();
  await expect(page).toHaveURL(/\/import$/);
});

test('what is deleted is gone with its words, and back when that is undone', async ({ page }) => {
  await importSample(page);
  await openMemory(page);
  const name = await markFirst(page);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Delete it, on all devices' }).click();
  await expect(page.getByRole('article', { name, exact: true })).toHaveCount(0);
  await page.keyboard.press('u');
  await expect(page.getByRole('article', { name, exact: true })).toHaveCount(1);
});
