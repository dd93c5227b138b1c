import type { Locator, Page, TestInfo } from '@playwright/test';
import { expect, test } from '@playwright/test';
import jsQR from 'jsqr';
import * as v from 'valibot';
import { hasPostgres, startPostgres } from '../src/relay/stores/postgres/fixture-postgres.ts';
import { openVaultDatabase } from '../src/relay/stores/postgres/postgres.ts';
import { TestHome } from '../src/terminal/fixture-cli.ts';
import { hasPty, TerminalWindow } from '../src/terminal/tui/fixture-pty.ts';
import { closeSheet, personaNames, receipt } from './support/app.ts';
import { findings } from './support/axe.ts';
import { dropPaths } from './support/drop.ts';
import { items } from './support/memory.ts';
import { joinVault, makeVault, shardsOfFolder, shardsOfPage, TestServer, vaultsIn } from './support/shared-vault.ts';
import { ClaudeFolder } from './support/transcripts.ts';

const SOON_MS = 2_000;
const Remembered = v.array(v.object({ status: v.string() }));

let server: TestServer;
let home: TestHome;

test.beforeEach(async () => {
  server = await TestServer.start(vaultsIn(test.info()));
  home = await TestHome.make();
});

test.afterEach(async () => {
  await server.stop();
  await home.remove();
});

/** A command that goes well. */
async function dramatis(...args: readonly string[]): Promise<string> {
  const { code, out, err } = await home.run(...args);
  expect([code, err]).toEqual([0, expect.any(String)]);
  return out;
}

async function openSettings(page: Page): Promise<void> {
  await page.goto(`${server.url}/settings`);
  await expect(page.getByRole('heading', { name: 'Sync' })).toBeVisible();
}

async function expectAccessible(page: Page): Promise<void> {
  expect(await findings(page)).toEqual([]);
}

/** What a camera would read. */
async function readQrCode(picture: Locator): Promise<string> {
  const png = `data:image/png;base64,${(await picture.screenshot()).toString('base64')}`;
  const { width, height, data } = await picture.page().evaluate(async (source) => {
    const image = new Image();
    image.src = source;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const drawing = canvas.getContext('2d');
    drawing?.drawImage(image, 0, 0);
    const pixels = drawing?.getImageData(0, 0, image.width, image.height).data ?? [];
    return { width: image.width, height: image.height, data: [...pixels] };
  }, png);
  return jsQR(Uint8ClampedArray.from(data), width, height)?.data ?? '';
}

/** The screen in a terminal and the page share a vault on this server. */
async function liveTogether(page: Page, info: TestInfo): Promise<void> {
  await openSettings(page);
  const words = await makeVault(page);
  await dramatis('sync', '--pair', words, '--relay', server.url);
  const terminal = TerminalWindow.open(home.path, ['tui'], { columns: 100, rows: 30 });
  try {
    await terminal.shows('synced');

    // imported in the terminal, seen in the page
    await page.goto(`${server.url}/personas`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await home.addSample(Date.now());
    terminal.press('gi');
    await terminal.shows(/(build|plan|reviewer) oc/);
    const imported = Date.now();
    await expect(personaNames(page).first()).toBeVisible({ timeout: 60_000 });
    took(info, 'from the terminal to the page', Date.now() - imported);
    await dramatis('extract');
    await areOne(page);

    // imported in the page, seen in the terminal
    const folder = new ClaudeFolder(info);
    folder.write(1, 'What do I take to the fjords?');
    await goTo(page, 'i', /have a history|Import/i);
    await dropPaths(page, [folder.path]);
    await receipt(page);
    const received = Date.now();
    await terminal.shows(/main cc/);
    took(info, 'from the page to the terminal', Date.now() - received);
    await closeSheet(page);
    await areOne(page);

    // both changed while the relay is away
    await goTo(page, 'm', 'Memory');
    await expect(items(page).first()).toBeVisible();
    await server.stop();
    terminal.press('gm');
    await terminal.shows('[Memory]');
    terminal.press('x');
    await terminal.shows(/^Rejected: /m);
    await page.keyboard.press('End');
    await page.keyboard.press('c');
    await expect(items(page).last()).toContainText('Confirmed');
    expect(await shardsOfPage(page)).not.toEqual(await shardsOfFolder(home.stateFolder));
    await server.startAgain();
    await areOne(page);
    const kept = v.parse(Remembered, JSON.parse(await dramatis('memory', '--json')));
    expect(kept.map(({ status }) => status)).toContain('confirmed');
  } finally {
    await terminal.close();
  }
}

/** To another screen by its keys: the page stays the one that owns what is kept. */
async function goTo(page: Page, key: string, heading: string | RegExp): Promise<void> {
  await page.keyboard.press('g');
  await page.keyboard.press(key);
  await expect(page.getByRole('heading', { name: heading, level: 1 })).toBeVisible();
}

/** Waits until both keep the very same texts. */
async function areOne(page: Page): Promise<void> {
  const differing = async (): Promise<string[]> => {
    const [here, there] = [await shardsOfPage(page), await shardsOfFolder(home.stateFolder)];
    const names = new Set([...Object.keys(here), ...Object.keys(there)]);
    return names.size === 0 ? ['nothing is shared yet'] : [...names].filter((name) => here[name] !== there[name]);
  };
  await expect.poll(differing, { timeout: 90_000 }).toEqual([]);
}

/** What is done on one is on the other soon. */
function took(info: TestInfo, what: string, ms: number): void {
  info.annotations.push({ type: what, description: `${ms} ms` });
  expect(ms, what).toBeLessThan(SOON_MS);
}

test.describe('the screen in a terminal and a page that share a vault are one, at once, and after both were changed without the relay', () => {
  test.skip(!hasPty, 'NO PSEUDO-TERMINAL here: the screen in the terminal was NOT tested with the page');
  test.setTimeout(300_000);

  test('on a relay with files', async ({ page }) => {
    await liveTogether(page, test.info());
    expect(server.url).toContain('127.0.0.1');
  });

  test('on a relay with PostgreSQL', async ({ page }) => {
    test.skip(!hasPostgres, 'NO POSTGRESQL here: sync was NOT tested on one');
    const postgres = await startPostgres();
    try {
      await server.stop();
      const url = await postgres.database();
      server = await TestServer.start(() => openVaultDatabase({ url }));
      await liveTogether(page, test.info());
    } finally {
      await server.stop();
      await postgres.stop();
    }
  });
});

test('a second browser joins by what the QR code says, and its address keeps nothing of it', async ({
  page,
  browser,
}) => {
  await openSettings(page);
  const words = await makeVault(page);
  const address = await readQrCode(page.getByRole('img', { name: 'QR code of the words' }));
  expect(address).toBe(`${server.url}/settings#join=${words.replaceAll(' ', '-')}`);

  const other = await (await browser.newContext()).newPage();
  await other.goto(address);
  await expect(other.getByLabel('The 12 words of a vault you have')).toHaveValue(words);
  expect(other.url()).toBe(`${server.url}/settings`);
  await joinVault(other, words);
  await expect(other.getByRole('status', { name: 'Last sync' })).toContainText('just now');
  await other.context().close();
});

test('wrong words are told before anything is kept', async ({ page }) => {
  await openSettings(page);
  const field = page.getByLabel('The 12 words of a vault you have');
  await field.fill('legal winner thank year wave sausage worth useful legal winner thank yellow');
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(page.getByRole('status', { name: 'Result' })).toContainText('no vault for these words');
  await field.fill('legal winner thank year wave sausge worth useful legal winner thank yellow');
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(page.getByRole('status', { name: 'Result' })).toContainText('Word 6, "sausge"');
  await expect(page.getByRole('button', { name: 'Make a vault' })).toBeEnabled();
});

test('a vault that was deleted elsewhere is told, and made again only when the person says so', async ({ page }) => {
  await openSettings(page);
  const words = await makeVault(page);
  await dramatis('sync', '--pair', words, '--relay', server.url);
  await dramatis('sync', '--delete');
  const last = page.getByRole('status', { name: 'Last sync' });
  await expect(last).toContainText('not on the relay any more');
  await page.getByRole('button', { name: 'Write the vault again from here' }).click();
  await expect(last).toContainText('went out');
  await page.getByRole('button', { name: 'Turn sync off' }).click();
  await expect(page.getByRole('button', { name: 'Make a vault' })).toBeVisible();
});

test('Sync in Settings is clean for screen readers in both themes, and fits a phone', async ({ page }) => {
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await openSettings(page);
    await expectAccessible(page);
  }
  await makeVault(page);
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await expectAccessible(page);
  }
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});

test('a relay elsewhere that allows the page is asked by a worker of its own, and hears of changes; one that does not is told', async ({
  page,
  baseURL,
}) => {
  await server.stop();
  server = await TestServer.start(vaultsIn(test.info()), { allowedOrigins: [baseURL ?? ''] });
  await page.goto('/settings');
  await page.getByLabel('Relay', { exact: true }).fill(server.url);
  const words = await makeVault(page);
  await dramatis('sync', '--pair', words, '--relay', server.url);
  await home.addSample(Date.now());
  await dramatis('import');
  await dramatis('sync');
  await page.getByRole('link', { name: 'Personas', exact: true }).click();
  await expect(personaNames(page).first()).toBeVisible({ timeout: 60_000 });
  await areOne(page);

  const stranger = await TestServer.start(vaultsIn(test.info()));
  await goTo(page, ',', 'Settings');
  await page.getByRole('button', { name: 'Turn sync off' }).click();
  await page.getByLabel('Relay', { exact: true }).fill(stranger.url);
  await page.getByRole('button', { name: 'Make a vault' }).click();
  await expect(page.getByRole('status', { name: 'Result' })).toContainText(new URL(stranger.url).host);
  await stranger.stop();
});
