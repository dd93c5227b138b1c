/** The app as it is installed: without a network, over an update, with files from the system. */
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { personaNames, receipt } from './support/app.ts';
import { writeOwnFile } from './support/own-disk.ts';
import { buildVersion, ownServer } from './support/own-server.ts';

test.use({ serviceWorkers: 'allow' });

const TRANSCRIPT = `${JSON.stringify({
  type: 'user',
  uuid: 'u-1',
  sessionId: 's-1',
  timestamp: '2026-01-02T03:04:05.000Z',
  cwd: '/src/boat',
  message: { role: 'user', content: 'Paint the boat.' },
})}\n`;

/** Opened, and kept for when there is no network. */
async function opened(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await expect(page.getByRole('heading', { level: 1, name: /your coding agents have a history/i })).toBeVisible();
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller !== null) return;
    await new Promise((resolve) =>
      navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
    );
  });
}

test('the browser finds nothing that stands in the way of installing it', async ({ page }) => {
  const server = await ownServer();
  await opened(page, server.url);
  const cdp = await page.context().newCDPSession(page);
  const { installabilityErrors } = await cdp.send('Page.getInstallabilityErrors');
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([]);
  const { errors, data } = await cdp.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const manifest: unknown = JSON.parse(data ?? '{}');
  expect(manifest).toMatchObject({
    display: 'standalone',
    file_handlers: [{ action: '/import', accept: { 'application/vnd.sqlite3': ['.db', '.sqlite'] } }],
    share_target: { action: '/share', method: 'POST' },
  });
  await server.stop();
});

test('with the server stopped it starts, every screen opens, the sample is imported and kept', async ({ page }) => {
  const server = await ownServer();
  await opened(page, server.url);
  await server.stop();
  await page.reload();
  await page.getByRole('button', { name: 'Try the sample' }).click();
  await receipt(page);
  await page.keyboard.press('Escape');
  const places = page.getByRole('navigation', { name: 'Screens' }).getByRole('link');
  for (const name of [...(await places.allTextContents()), 'Settings']) {
    await page.getByRole('banner').getByRole('link', { name, exact: true }).click();
    await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page).toHaveTitle(/Dramatis/);
  }
  await page.goto(`${server.url}/personas`);
  await expect(personaNames(page).first()).toBeVisible();
});

test('a new version waits until it is wanted, and none of its files mix with the one before', async ({
  context,
}, info) => {
  test.setTimeout(120_000);
  const next = info.outputPath('next');
  buildVersion('9.9.9-next', next);
  const server = await ownServer();
  const page = await context.newPage();
  await opened(page, server.url);
  const other = await context.newPage();
  await other.goto(`${server.url}/sources`);
  await expect(other.getByRole('heading', { level: 1, name: 'Sources' })).toBeVisible();

  await server.stop();
  await server.start(next);
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await expect(page.getByText('A new version of Dramatis is there.')).toBeVisible();
  // a reload alone changes nothing, and no chunk of the new version comes into the old one
  await page.reload();
  await page.goto(`${server.url}/settings`);
  await expect(page.getByText(/^Dramatis \d/)).not.toContainText('9.9.9');

  await page.getByRole('button', { name: 'Use it now' }).click();
  await expect(page.getByText(/^Dramatis \d/)).toContainText('Dramatis 9.9.9-next.');
  // the other tab has not been loaded again: a screen it never opened still is the old version's
  await expect(other.getByText('This one still runs the one before.')).toBeVisible();
  await other.getByRole('banner').getByRole('link', { name: 'Settings' }).click();
  await expect(other.getByText(/^Dramatis \d/)).not.toContainText('9.9.9');
  await other.getByRole('button', { name: 'Load again' }).click();
  await expect(other.getByText(/^Dramatis \d/)).toContainText('Dramatis 9.9.9-next.');
  await server.stop();
});

test('a file opened with it from the system is imported', async ({ page }) => {
  // the system's own way can't be gone in a test: it hands a handle to whoever asks the queue
  await page.addInitScript(() => {
    const launchQueue = {
      async setConsumer(consume: (launch: { files: FileSystemHandle[] }) => void) {
        const root = await navigator.storage.getDirectory();
        if (window.location.pathname === '/import') consume({ files: [await root.getFileHandle('s-1.jsonl')] });
      },
    };
    Object.defineProperty(window, 'launchQueue', { value: launchQueue });
  });
  await page.goto('/');
  await writeOwnFile(page, 's-1.jsonl', TRANSCRIPT);
  await page.goto('/import');
  expect(await receipt(page)).toContain('1 session');
});

test('files shared with it are imported, once', async ({ page }) => {
  const server = await ownServer();
  await opened(page, server.url);
  const where = await page.evaluate(async (content) => {
    const form = new FormData();
    form.append('files', new File([content], 's-1.jsonl'));
    return (await fetch('/share', { method: 'POST', body: form })).url;
  }, TRANSCRIPT);
  expect(new URL(where).pathname + new URL(where).search).toBe('/import?shared');
  await page.goto(where);
  expect(await receipt(page)).toContain('1 session');
  await page.goto(where);
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeHidden();
  await server.stop();
});
