/**
 * Takes the pictures of the documentation: `npm run pictures [-- DATABASE]`. Without a database, the reference history is made and dropped.
 * Writes docs/images/*.png.
 */
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { chromium } from '@playwright/test';
import { dropFiles } from '../bench/chromium.ts';
import { startServer } from '../src/relay/server.ts';
import { build, isBuilt } from './build.mjs';
import { ensureBrowser } from './ensure-browser.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const IMAGES = join(ROOT, 'docs', 'images');

interface Picture {
  readonly name: string;
  readonly path: string;
  /** Brings the screen to what the picture shows. */
  readonly pose?: (page: Page) => Promise<void>;
}

const PICTURES: readonly Picture[] = [
  { name: 'personas', path: '/personas' },
  { name: 'timeline', path: '/personas/opencode%3Abuild' },
  { name: 'sessions', path: '/sessions' },
  { name: 'transcript', path: '/sessions', pose: openNewest },
  { name: 'activity', path: '/activity' },
  { name: 'memory', path: '/memory' },
  { name: 'search', path: '/search?q=index' },
];

async function openNewest(page: Page): Promise<void> {
  await page.getByRole('row').nth(1).click();
  await page.getByRole('complementary', { name: 'Session' }).locator('a[href^="/sessions/"]').first().click();
}

/** Drops a database and its log on the window, and waits until all of it is read. */
async function dropDatabase(page: Page, path: string): Promise<void> {
  await dropFiles(page, [path, `${path}-wal`]);
  await page.getByRole('heading', { name: 'Receipt' }).waitFor({ timeout: 120_000 });
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Memory', exact: true }).click();
  const extraction = page.getByRole('region', { name: 'Extraction' });
  await extraction.getByText(/^Every session|sessions? read, /).waitFor({ timeout: 300_000 });
}

const fixture = join(ROOT, '.cache', 'fixtures', 'opencode-S.db');
const database = process.argv[2] ?? fixture;
if (database === fixture) {
  execFileSync(process.execPath, [join(ROOT, 'node_modules/tsx/dist/cli.mjs'), 'scripts/fixtures.ts', '--size', 'S'], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
if (!isBuilt() && !build()) throw new Error('the app could not be built');
const server = await startServer({ port: 0 });
const { path: executablePath, env } = await ensureBrowser();
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'], env: { ...process.env, ...env } });
const page = await browser.newPage({
  viewport: { width: 1280, height: 800 },
  locale: 'en-GB',
  timezoneId: 'Europe/Berlin',
  serviceWorkers: 'block',
});
await page.goto(server.url);
await page.getByRole('heading', { level: 1 }).waitFor();
await page.waitForTimeout(1000);
await page.screenshot({ path: join(IMAGES, 'start.png') });
await dropDatabase(page, database);
for (const { name, path, pose } of PICTURES) {
  await page.goto(server.url + path);
  await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
  await pose?.(page);
  await page.waitForTimeout(2500);
  await page.screenshot({ path: join(IMAGES, `${name}.png`) });
  process.stderr.write(`${name}\n`);
}
await browser.close();
await server.stop();
