import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import jsQR from 'jsqr';
import { TestHome } from '../src/terminal/fixture-cli.ts';
import { closeSheet, personaNames, receipt } from './support/app.ts';
import { dropPaths } from './support/drop.ts';
import { joinVault, makeVault, shardsOfFolder, shardsOfPage, TestServer, vaultsIn } from './support/shared-vault.ts';
import { ClaudeFolder } from './support/transcripts.ts';

const SOON_MS = 2_000;

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
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
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

test('a terminal and a page that share a vault are one: at once, and after both were changed without the relay', async ({
  page,
}, info) => {
  test.setTimeout(180_000);
  await openSettings(page);
  const words = await makeVault(page);
  await dramatis('sync', '--pair', words, '--relay', server.url);

  // imported in the terminal, seen in the page
  await page.goto(`${server.url}/personas`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await home.addSample(Date.now());
  await dramatis('import');
  await dramatis('extract');
  const syncing = home.run('sync');
  await expect(personaNames(page).first()).toBeVisible({ timeout: 60_000 });
  const seen = Date.now();
  await syncing;
  const synced = Date.now();
  expect(seen - synced).toBeLessThan(SOON_MS);
  expect(await shardsOfPage(page)).toEqual(await shardsOfFolder(home.stateFolder));

  // imported in the page, there for the terminal
  const folder = new ClaudeFolder(info);
  folder.write(1, 'What do I take to the fjords?');
  await page.goto(`${server.url}/import`);
  await dropPaths(page, [folder.path]);
  await receipt(page);
  await closeSheet(page);
  await expect
    .poll(
      async () => {
        await home.run('sync');
        return (await home.run('personas')).out;
      },
      { timeout: 30_000 },
    )
    .toContain('claude');

  // both changed while the relay is away
  await server.stop();
  folder.write(2, 'And for rain?');
  await dropPaths(page, [folder.path]);
  await receipt(page);
  await closeSheet(page);
  await home.addTranscript(Date.now() - 3 * 86_400_000);
  await dramatis('import');
  expect((await home.run('sync')).code).toBe(1);
  expect(await shardsOfPage(page)).not.toEqual(await shardsOfFolder(home.stateFolder));

  await server.startAgain();
  await expect
    .poll(
      async () => {
        await home.run('sync');
        const [here, there] = [await shardsOfPage(page), await shardsOfFolder(home.stateFolder)];
        return JSON.stringify(here) === JSON.stringify(there) && Object.keys(here).length > 3;
      },
      { timeout: 60_000 },
    )
    .toBe(true);
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
