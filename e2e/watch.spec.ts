import type { Locator, Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { closeSheet, openStart, receipt } from './support/app.ts';
import { dropPaths } from './support/drop.ts';
import { pickOwnFolder, removeOwn, writeOwnFile } from './support/own-disk.ts';
import { ClaudeFolder, DAY_MS, idOf, longTranscript, transcript } from './support/transcripts.ts';

const OWN = '.claude/projects/-home-nora';

function place(page: Page, name: string): Locator {
  return page.getByRole('region', { name, exact: true });
}

function news(page: Page): Locator {
  return page.getByRole('status', { name: 'News' });
}

async function connectOwn(page: Page): Promise<void> {
  await pickOwnFolder(page, '.claude');
  await openStart(page);
  await writeOwnFile(page, `${OWN}/${idOf(1)}.jsonl`, transcript(idOf(1), 'Pack for the fjords', Date.now() - DAY_MS));
  await page.getByRole('button', { name: 'Claude Code folder' }).click();
  await receipt(page);
  await closeSheet(page);
  await watching(page);
}

/** Waits until the place is watched: see playwright.config.ts. */
async function watching(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Sources' }).click();
  await expect(place(page, '.claude').getByText('Connected, watched')).toBeVisible();
}

test('a dropped folder is watched: what a tool writes into it is there by itself', async ({ page }, info) => {
  const claude = new ClaudeFolder(info);
  claude.write(1, 'Pack for the fjords');
  await openStart(page);
  await dropPaths(page, [claude.path]);
  await receipt(page);
  await closeSheet(page);
  await watching(page);

  claude.write(2, 'Buy a tent');
  await expect(news(page)).toContainText('1 new session from .claude');
  await news(page).getByRole('link', { name: 'See them' }).click();
  await expect(page.getByRole('button', { name: 'Buy a tent' })).toBeVisible();
  await expect(news(page)).toBeEmpty();

  claude.remove(1);
  const row = page.getByRole('row', { name: /Pack for the fjords/ });
  await expect(row.getByText('gone')).toBeVisible();
  await row.click();
  await expect(page.getByText('Its source does not have it any more')).toBeVisible();

  claude.write(1, 'Pack for the fjords');
  await expect(row.getByText('gone')).toBeHidden();
});

test('among old sessions one that is new with its sub-agent, one that goes on and one that vanishes are seen', async ({
  page,
}, info) => {
  const claude = new ClaudeFolder(info);
  for (const [number, asked] of ['Pack for the fjords', 'Mend the tent', 'Sell the kayak'].entries()) {
    claude.write(number, asked, 30);
    claude.age(number, 30);
  }
  await openStart(page);
  await dropPaths(page, [claude.path]);
  await receipt(page);
  await closeSheet(page);
  await watching(page);

  claude.write(3, 'Buy a stove');
  claude.writeAgent(3, 'a1b2c3d', 'Compare the stoves');
  claude.goOn(1, 'And the poles?');
  claude.remove(2);
  await page.getByRole('link', { name: 'Sessions' }).click();
  const messages = (session: string) => page.getByRole('row', { name: session }).getByRole('cell').nth(4);
  await expect(messages('Mend the tent')).toHaveText('4');
  await expect(messages('Pack for the fjords')).toHaveText('2');
  await expect(page.getByRole('row', { name: /Sell the kayak/ }).getByText('gone')).toBeVisible();
  const stove = page.getByRole('row', { name: 'Buy a stove' });
  await expect(stove.getByRole('button', { name: 'Show 1 sub-agent' })).toBeVisible();

  // much later, to one nobody has touched since
  claude.goOn(0, 'And the maps?');
  await expect(messages('Pack for the fjords')).toHaveText('4');
});

test('a transcript that is open says what is new in it, and shows it; at its end it comes by itself', async ({
  page,
}) => {
  const file = `${OWN}/${idOf(1)}.jsonl`;
  const time = Date.now() - DAY_MS;
  await pickOwnFolder(page, '.claude');
  await openStart(page);
  await writeOwnFile(page, file, longTranscript(idOf(1), 40, time));
  await page.getByRole('button', { name: 'Claude Code folder' }).click();
  await receipt(page);
  await closeSheet(page);
  await watching(page);
  await page.getByRole('link', { name: 'Sessions' }).click();
  await page.getByRole('button', { name: 'Pack for the fjords' }).click();
  await page.getByRole('link', { name: 'Read the transcript' }).click();
  await expect(page.getByText('80 messages')).toBeVisible();
  await expect(page.locator('[data-newest]')).toHaveCount(0);

  await page.keyboard.press('Home');
  const first = page.locator('article[aria-current="true"]');
  await expect(first).toContainText('Question 1');
  await writeOwnFile(page, file, longTranscript(idOf(1), 42, time));
  const news = page.getByRole('button', { name: '4 new messages' });
  await expect(news).toBeVisible();
  await expect(first).toBeInViewport();
  await page.screenshot({ path: test.info().outputPath('growth.png') });
  await news.click();
  await expect(page.getByText('84 messages')).toBeVisible();
  await expect(page.locator('article[aria-current="true"]')).toContainText('Question 41');
  await expect(news).toBeHidden();

  await page.keyboard.press('End');
  await expect(page.getByRole('article').last()).toContainText('Answer 42');
  await expect(page.getByRole('article').last()).toBeInViewport();
  await writeOwnFile(page, file, longTranscript(idOf(1), 43, time));
  await expect(page.getByText('86 messages')).toBeVisible();
  await expect(page.getByRole('article').last()).toContainText('Answer 43');
  await expect(page.getByRole('article').last()).toBeInViewport();
});

test('what is not to be watched is not, and a click reads it', async ({ page }, info) => {
  const claude = new ClaudeFolder(info);
  claude.write(1, 'Pack for the fjords');
  await openStart(page);
  await dropPaths(page, [claude.path]);
  await receipt(page);
  await closeSheet(page);
  await watching(page);
  await place(page, '.claude').getByRole('checkbox', { name: 'Watch' }).uncheck();
  await expect(place(page, '.claude').getByText('Connected', { exact: true })).toBeVisible();
  claude.write(2, 'Buy a tent');
  await place(page, '.claude').getByRole('button', { name: 'Read again' }).click();
  expect(await receipt(page)).toBe('1 session and 2 messages are new.');
  await closeSheet(page);
  await expect(news(page)).toBeEmpty();
});

test('what came while the app was closed is read when it opens; nothing new is silent', async ({ page }) => {
  await connectOwn(page);
  await page.goto('/personas');
  await expect(page.getByRole('heading', { name: 'Personas', level: 1 })).toBeVisible();
  await watching(page);
  await expect(news(page)).toBeEmpty();
});

test('two new sessions are told of when the app opens again', async ({ page, context }) => {
  await connectOwn(page);
  // another tab without the app writes meanwhile
  const other = await context.newPage();
  await page.goto('about:blank');
  await other.goto('/healthz');
  for (const number of [2, 3]) {
    await writeOwnFile(other, `${OWN}/${idOf(number)}.jsonl`, transcript(idOf(number), 'More', Date.now() - DAY_MS));
  }
  await page.goto('/sources');
  await expect(news(page)).toContainText('2 new sessions from .claude');
  await expect(page.getByRole('dialog')).toBeHidden();
  await news(page).getByRole('button', { name: 'Close the news' }).click();
  await expect(news(page)).toBeEmpty();
  await watching(page);
});

test('a place that is gone is marked with its sessions, which stay', async ({ page, context }) => {
  await connectOwn(page);
  const other = await context.newPage();
  await page.goto('about:blank');
  await other.goto('/healthz');
  await removeOwn(other, '.claude');
  await page.goto('/sources');
  await expect(place(page, '.claude').getByText('Not where it was')).toBeVisible();
  await expect(place(page, '.claude').getByText(/^gone/)).toBeVisible();
  await place(page, '.claude').getByRole('button', { name: 'Read again' }).click();
  await expect(page.getByText(/is not where it was\. What was imported is kept/)).toBeVisible();
  await closeSheet(page);
  await page.goto('/sessions?mark=vanished');
  await expect(page.getByText('1 of 1 session')).toBeVisible();
  await expect(page.getByRole('row', { name: /Pack for the fjords/ })).toBeVisible();
});

test('only the tab that may write reads and watches', async ({ page, context }) => {
  await connectOwn(page);
  const second = await context.newPage();
  await second.goto('/sources');
  await expect(second.getByText('Dramatis is open in another tab')).toBeVisible();
  await expect(place(second, '.claude').getByText('Connected', { exact: true })).toBeVisible();
  await expect(place(second, '.claude').getByRole('button', { name: 'Read again' })).toBeDisabled();
  await page.close();
  await expect(place(second, '.claude').getByText('Connected, watched')).toBeVisible();
});
