/** How long the timeline of a persona works on a frame while it is zoomed and moved, beside a page that has nothing to draw. */
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { storeYears } from '../e2e/support/stored-years.ts';
import type { Years } from '../src/core/timeline/fixture-years.ts';
import { makeYears } from '../src/core/timeline/fixture-years.ts';
import { inBrowser } from './chromium.ts';
import { framesSection } from './frames-section.ts';
import { longestTask } from './main-thread.ts';
import { ROOT } from './places.ts';
import { serveApp } from './serve-app.ts';

export interface FramesOptions {
  readonly sessions: number;
  readonly messages: number;
}

export const FULL_FRAMES: FramesOptions = { sessions: 40_000, messages: 1_000_000 };

/** ms */
export interface Frames {
  /** The page's thread on each frame, from the input until it was painted. */
  readonly work: readonly number[];
  /** From frame to frame. */
  readonly apart: readonly number[];
}

export interface Drawn extends Frames {
  /** The longest task of the page's thread while the timeline opened, ms of processor time. */
  readonly opening: number;
  /** From opening the page until all moments were on the axis, ms. */
  readonly complete: number;
}

export interface FramesResult {
  readonly options: FramesOptions;
  readonly empty: Frames;
  readonly one: Drawn;
  readonly many: Drawn;
}

declare global {
  interface Window {
    watchedFrames: { work: number[]; apart: number[] };
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const YEARS = 3;
const STEPS = 90;
/** What the wheel is turned by with each step, and how far the pointer goes, px. */
const TURN = 60;
const PULL = 6;

export async function benchFrames(options: FramesOptions): Promise<string> {
  const app = await serveApp(4792);
  const url = app.url.replace(/\/$/, '');
  const now = Date.now();
  try {
    const empty = await inBrowser((page) => onNothing(page, url));
    const one = await inBrowser((page) => onTimeline(page, url, yearsOf({ sessions: 1, messages: 20 }, now)));
    const many = await inBrowser((page) => onTimeline(page, url, yearsOf(options, now)));
    const result: FramesResult = { options, empty, one, many };
    const text = framesSection(result);
    process.stdout.write(`${text}\n`);
    return text;
  } finally {
    await app.close();
  }
}

function yearsOf(options: FramesOptions, now: number): Years {
  return makeYears({ ...options, years: YEARS, now });
}

/** A page that clears a canvas and draws one line with each input: the least any timeline could take here. */
async function onNothing(page: Page, url: string): Promise<Frames> {
  await page.addInitScript({ path: join(ROOT, 'bench', 'watch-frames.js') });
  await page.route(`${url}/empty`, (route) => route.fulfill({ contentType: 'text/html', body: EMPTY }));
  await page.goto(`${url}/empty`);
  return drive(page, '#area');
}

const EMPTY = `<!doctype html><body style="margin:0"><canvas id="area" width="1044" height="240"></canvas><script>
  const area = document.getElementById('area'), context = area.getContext('2d');
  let frame = 0, x = 0;
  const draw = () => { frame = 0; context.clearRect(0, 0, 1044, 240); context.fillRect(x++ % 1044, 0, 1, 240); };
  const ask = (event) => { event.preventDefault(); frame ||= requestAnimationFrame(draw); };
  area.addEventListener('wheel', ask, { passive: false });
  area.addEventListener('pointermove', ask);
</script>`;

async function onTimeline(page: Page, url: string, years: Years): Promise<Drawn> {
  await storeYears(page, years, url);
  await page.addInitScript({ path: join(ROOT, 'bench', 'watch-frames.js') });
  const began = performance.now();
  let complete = 0;
  const opening = await longestTask(page, async () => {
    await page.goto(`${url}/personas/opencode%3Abuild`);
    // a locator would bring code of its own into the page, and be the longest task of all
    while (!(await page.evaluate(() => document.querySelector('section[aria-busy="false"]') !== null))) await pause(50);
    complete = performance.now() - began;
    await pause(500);
  });
  return { ...(await drive(page, '[role="listbox"]')), opening, complete };
}

/** The wheel goes in and out, then the pointer pulls to and fro, at three distances. */
async function drive(page: Page, target: string): Promise<Frames> {
  const box = await page.locator(target).boundingBox();
  if (box === null) throw new Error(`${target} is not there`);
  const [x, y] = [box.x + box.width * 0.7, box.y + Math.min(box.height, 200) / 2];
  await page.mouse.move(x, y);
  await page.evaluate(() => Object.assign(window.watchedFrames, { work: [], apart: [] }));
  for (const turn of [-TURN, -TURN, -TURN, TURN]) {
    for (let step = 0; step < STEPS / 2; step += 1) await page.mouse.wheel(0, turn);
    await page.mouse.down();
    for (let step = 0; step < STEPS; step += 1) {
      const to = step < STEPS / 2 ? step : STEPS - step;
      await page.mouse.move(x + to * PULL * 0.5, y);
    }
    await page.mouse.up();
  }
  const { work, apart } = await page.evaluate(() => window.watchedFrames);
  return { work, apart };
}
