import type { BrowserContext, Locator, Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { makeYears } from '../src/core/timeline/fixture-years.ts';
import { findings } from './support/axe.ts';
import { storeYears } from './support/stored-years.ts';
import { withWorkerPrelude } from './support/worker-prelude.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const YEARS = makeYears({ sessions: 600, messages: 8_000, years: 2, now: NOW });

/** The page of a persona with two years of sessions, at a moment that stands still. */
async function openTimeline(context: BrowserContext): Promise<Page> {
  await withWorkerPrelude(context, `Date.now = () => ${NOW};`);
  const page = await context.newPage();
  await page.clock.setFixedTime(NOW);
  await storeYears(page, YEARS);
  await page.goto('/personas/opencode%3Abuild');
  await expect(timeline(page)).toHaveAttribute('aria-busy', 'false');
  await expect(page.getByRole('article').last()).toBeVisible();
  return page;
}

function timeline(page: Page): Locator {
  return page.getByRole('region', { name: 'Timeline' });
}

function sessions(page: Page): Locator {
  return page.getByRole('listbox', { name: 'Sessions by time' });
}

/** From when to when is shown, in words. */
function shown(page: Page): Locator {
  return timeline(page).locator('fieldset + p');
}

test('the wheel zooms about the pointer, keys move, and a range shows so much of the end', async ({ context }) => {
  const page = await openTimeline(context);
  const all = (await shown(page).textContent()) ?? '';
  expect(all).toContain('21 Nov 2026');
  await sessions(page).hover();
  await page.mouse.wheel(0, -600);
  await expect(shown(page)).not.toHaveText(all);
  await expect(timeline(page).getByRole('button', { name: 'All' })).toHaveAttribute('aria-pressed', 'false');
  await timeline(page).getByRole('button', { name: '14 days' }).click();
  await expect(shown(page)).toHaveText('7 Nov – 21 Nov 2026');
  await sessions(page).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(shown(page)).toHaveText('5 Nov – 19 Nov 2026');
  await page.keyboard.press('End');
  await expect(shown(page)).toHaveText('7 Nov – 21 Nov 2026');
  await page.keyboard.press('Home');
  await expect(shown(page)).toContainText('2024');
  await page.keyboard.press('0');
  await expect(shown(page)).toHaveText(all);
});

test('a drag moves the time and picks nothing; the brush of the strip is drawn and moved', async ({ context }) => {
  const page = await openTimeline(context);
  await timeline(page).getByRole('button', { name: '3 months' }).click();
  const before = (await shown(page).textContent()) ?? '';
  const box = await sessions(page).boundingBox();
  if (box === null) throw new Error('nothing is drawn');
  await page.mouse.move(box.x + 200, box.y + 30);
  await page.mouse.down();
  await page.mouse.move(box.x + 500, box.y + 40, { steps: 8 });
  await page.mouse.up();
  await expect(shown(page)).not.toHaveText(before);
  await expect(timeline(page).getByRole('status')).toBeEmpty();
  const moved = (await shown(page).textContent()) ?? '';
  const strip = timeline(page).locator('canvas').last();
  const place = await strip.boundingBox();
  if (place === null) throw new Error('there is no strip');
  await page.mouse.move(place.x + place.width * 0.2, place.y + 10);
  await page.mouse.down();
  await page.mouse.move(place.x + place.width * 0.4, place.y + 10, { steps: 5 });
  await page.mouse.up();
  await expect(shown(page)).not.toHaveText(moved);
  await expect(shown(page)).toContainText('2025');
});

test('the newest session is picked by keys and is shown in the conversation', async ({ context }) => {
  const page = await openTimeline(context);
  await page.keyboard.press('Home');
  await expect.poll(() => scrolledTo(page)).toBeLessThan(5);
  await sessions(page).focus();
  await page.keyboard.press('ArrowDown');
  const option = page.getByRole('option');
  await expect(option).toHaveAttribute('aria-selected', 'true');
  await expect(option).toHaveAccessibleName(/, \d+ messages?, \d+ kept/);
  await page.keyboard.press('Enter');
  await expect(page.locator('article[aria-current]')).toBeInViewport();
  const title = (await option.getAttribute('aria-label'))?.split(',')[0] ?? '';
  await expect(timeline(page).getByRole('status')).toContainText(title);
});

test('a session that is not kept is said not to be, with the way to its transcript', async ({ context }) => {
  const page = await openTimeline(context);
  await sessions(page).focus();
  await page.keyboard.press('ArrowDown');
  // the first session, or the last of its sub-agents, by the table of the same
  const [oldest] = YEARS.rows;
  const last = YEARS.rows.findLast((row) => row === oldest || row.parentSessionId === oldest?.sessionId);
  await timeline(page).getByRole('button', { name: 'Table' }).click();
  await timeline(page).getByRole('table').hover();
  await page.mouse.wheel(0, 100_000);
  const first = timeline(page).getByRole('row').last();
  await expect(first).toContainText('2024');
  await first.getByRole('button').click();
  await expect(timeline(page).getByRole('status')).toContainText('none kept');
  await expect(timeline(page).getByRole('link', { name: 'Read its transcript' })).toHaveAttribute(
    'href',
    `/sessions/${last?.sessionId}`,
  );
});

test('what is read in the conversation is marked on the axis, which follows', async ({ context }) => {
  const page = await openTimeline(context);
  await timeline(page).getByRole('button', { name: '14 days' }).click();
  await sessions(page).focus();
  for (let press = 0; press < 8; press += 1) await page.keyboard.press('+');
  await page.keyboard.press('End');
  const near = (await shown(page).textContent()) ?? '';
  await page.getByRole('article').last().hover();
  await page.mouse.wheel(0, -4_000);
  await expect(shown(page)).not.toHaveText(near);
});

test('under the pointer stand exact times, and a click goes there', async ({ context }) => {
  const page = await openTimeline(context);
  await timeline(page).getByRole('button', { name: '14 days' }).click();
  await sessions(page).focus();
  await page.keyboard.press('ArrowDown');
  const bar = await page.getByRole('option').boundingBox();
  if (bar === null) throw new Error('the session has no bar');
  const at = { x: bar.x + 3, y: bar.y + bar.height / 2 };
  await page.mouse.move(at.x, at.y);
  await expect(
    timeline(page)
      .getByText(/\d+ Nov 2026, \d\d:\d\d/)
      .first(),
  ).toBeVisible();
  await page.mouse.click(at.x, at.y);
  await expect(timeline(page).getByRole('link', { name: 'Transcript' })).toBeVisible();
  await timeline(page).getByRole('button', { name: 'Put away what was picked' }).click();
  await expect(timeline(page).getByRole('list', { name: 'Signs' })).toBeVisible();
});

test('the table has every session and loads what is scrolled to', async ({ context }) => {
  const page = await openTimeline(context);
  await timeline(page).getByRole('button', { name: 'Table' }).click();
  await expect(timeline(page).getByRole('columnheader')).toHaveText([
    'Session',
    'Project',
    'Start',
    'End',
    'Messages',
    'Marks',
  ]);
  expect(await timeline(page).getByRole('row').count()).toBeLessThan(60);
  await timeline(page).getByRole('table').hover();
  await page.mouse.wheel(0, 100_000);
  await expect(timeline(page).getByRole('row').last()).toContainText('2024');
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing on it in ${theme}, as a picture and as a table`, async ({ context }) => {
    const page = await openTimeline(context);
    await page.emulateMedia({ colorScheme: theme });
    await sessions(page).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(timeline(page).getByRole('link', { name: 'Transcript' })).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await timeline(page).getByRole('button', { name: 'Table' }).click();
    await expect(timeline(page).getByRole('row').nth(3)).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });
}

test('where the system sets the colours, it is drawn in them', async ({ context }) => {
  const page = await openTimeline(context);
  const colors = () => timeline(page).locator('canvas').nth(1).evaluate(paintedColors);
  const before = await colors();
  await page.emulateMedia({ forcedColors: 'active' });
  await expect.poll(colors).not.toEqual(before);
});

/** The colours of a canvas, without those that are mixed of others. */
function paintedColors(canvas: Element): string[] {
  const context = canvas instanceof HTMLCanvasElement ? canvas.getContext('2d') : null;
  if (context === null) return [];
  const { data } = context.getImageData(0, 0, context.canvas.width, context.canvas.height);
  const found = new Set<string>();
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] === 255) found.add(`${data[at]} ${data[at + 1]} ${data[at + 2]}`);
  }
  return [...found].sort();
}

function scrolledTo(page: Page): Promise<number> {
  return page
    .locator('[data-virtuoso-scroller="true"]')
    .last()
    .evaluate((list) => list.scrollTop);
}

test.describe('360 px wide', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('there is room for the axis and for what was said, and nothing scrolls sideways', async ({ context }) => {
    const page = await openTimeline(context);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    await expect(page.getByRole('article').last()).toBeInViewport();
    await timeline(page).getByRole('button', { name: 'Table' }).click();
    await expect(timeline(page).getByRole('row').nth(3)).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  });
});

test.describe('by touch', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 800 } });

  test('two fingers that part come nearer, one moves the time', async ({ context }) => {
    const page = await openTimeline(context);
    const isAll = (): Promise<string | null> =>
      timeline(page).getByRole('button', { name: 'All' }).getAttribute('aria-pressed');
    const box = await sessions(page).boundingBox();
    if (box === null) throw new Error('nothing is drawn');
    const touch = await context.newCDPSession(page);
    const fingers = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...across: number[]) =>
      touch.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: across.map((x, id) => ({ x: box.x + x, y: box.y + 40, id })),
      });
    expect(await isAll()).toBe('true');
    await fingers('touchStart', 150, 200);
    for (let step = 1; step <= 10; step += 1) await fingers('touchMove', 150 - step * 6, 200 + step * 6);
    await fingers('touchEnd');
    await expect.poll(isAll).toBe('false');
    const brush = timeline(page).locator('[class*="brush"]');
    const before = await brush.boundingBox();
    await fingers('touchStart', 100);
    for (let step = 1; step <= 10; step += 1) await fingers('touchMove', 100 + step * 8);
    await fingers('touchEnd');
    await expect.poll(async () => (await brush.boundingBox())?.x).toBeLessThan(before?.x ?? 0);
    expect((await brush.boundingBox())?.width).toBeCloseTo(before?.width ?? 0, 0);
  });
});
