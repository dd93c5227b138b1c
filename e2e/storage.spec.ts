import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { build } from 'vite';
import { closeSheet, importSample, openStart, personaNames, receipt, withoutExtraction } from './support/app.ts';
import { dropPaths } from './support/drop.ts';
import { opencodeFolder } from './support/files.ts';
import { withWorkerPrelude } from './support/worker-prelude.ts';

const RULES = fileURLToPath(new URL('support/store-rules.ts', import.meta.url));

test('IndexedDB keeps the contract of a group store', async ({ page }) => {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: false, lib: { entry: RULES, formats: ['iife'], name: 'rules' } },
  });
  const [bundle] = Array.isArray(built) ? built : [];
  const code = bundle?.output[0].code ?? '';
  await page.goto('/healthz');
  await page.evaluate(code);
  const names = await page.evaluate<string[]>('ruleNames()');
  expect(names.length).toBeGreaterThan(5);
  for (const [at, name] of names.entries()) {
    await test.step(name, async () => {
      expect(await page.evaluate<string>(`checkRule(${at})`)).toBe('kept');
    });
  }
});

const NO_DATABASE = `indexedDB.open = () => { throw new DOMException('refused by the person', 'InvalidStateError') };`;

test('where the browser keeps nothing, it says so and goes on in memory', async ({ page, context }, info) => {
  const { db, wal } = opencodeFolder(info);
  await withWorkerPrelude(context, NO_DATABASE);
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('refused by the person', 'QuotaExceededError');
    };
  });
  await openStart(page);
  await expect(page.getByText(/does not let Dramatis keep anything/)).toBeVisible();
  await expect(page.getByText(/everything is gone when this tab is closed/)).toBeVisible();
  await dropPaths(page, [db, wal]);
  expect(await receipt(page)).toContain('are new');
  await page.getByRole('link', { name: 'See the personas' }).click();
  await expect(personaNames(page).first()).toBeVisible();
});

test('where the browser refuses a database, a copy of what personas keep lasts, and sessions are read again', async ({
  page,
  context,
}, info) => {
  const { db, wal } = opencodeFolder(info);
  await withWorkerPrelude(context, NO_DATABASE);
  await openStart(page);
  await expect(page.getByText(/a compressed copy of what personas keep/)).toBeVisible();
  await dropPaths(page, [db, wal]);
  expect(await receipt(page)).toContain('are new');
  await page.getByRole('link', { name: 'See the personas' }).click();
  await expect(personaNames(page).first()).toBeVisible();
  const names = await personaNames(page).allTextContents();
  await page.goto('/personas');
  await expect(personaNames(page)).toHaveText(names);
  await dropPaths(page, [db, wal]);
  await receipt(page);
  await closeSheet(page);
  await expect(personaNames(page)).toHaveText(names);
  await page.goto('/sessions');
  await expect(page.getByRole('row').nth(2)).toBeVisible();
});

test('a part that can’t be read is set aside, and the last good copy comes back', async ({ page }) => {
  await withoutExtraction(page);
  await importSample(page);
  const names = await personaNames(page).allTextContents();
  const good = await stored(page, 'state/persona/opencode:build');
  await store(page, 'previous/state/persona/opencode:build', good);
  await store(page, 'state/persona/opencode:build', good.slice(0, good.length / 2));
  await page.reload();
  await expect(page.getByText(/set aside, not overwritten: the persona opencode:build/)).toBeVisible();
  await expect(personaNames(page)).toHaveCount(names.length - 1);
  await page.getByRole('button', { name: 'Use the last good copy' }).click();
  await expect(personaNames(page)).toHaveText(names);
  await expect(page.getByText(/set aside/)).toBeHidden();
});

test('what a later version wrote is refused with a clear word, and is no reason to begin anew', async ({ page }) => {
  await importSample(page);
  await store(page, 'state/meta', '{"schema":9999}');
  await page.reload();
  await expect(page.getByText(/written by a later version of Dramatis/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Try the sample' })).toBeHidden();
  expect(await stored(page, 'state/meta')).toBe('{"schema":9999}');
});

test('a worker that can not be loaded is said, not waited for', async ({ page, context }) => {
  await context.route('**/workspace.worker-*.js', (route) => route.abort());
  await page.goto('/');
  await expect(page.getByText(/has stopped/)).toBeVisible();
});

/** What the sample's store holds under a key. */
async function stored(page: Page, key: string): Promise<string> {
  const { text } = await inStore(page, key, null);
  return text;
}

async function store(page: Page, key: string, text: string): Promise<void> {
  await inStore(page, key, text);
}

function inStore(page: Page, key: string, put: string | null): Promise<{ text: string }> {
  return page.evaluate(
    ([name, value]) =>
      new Promise<{ text: string }>((resolve, reject) => {
        const opening = indexedDB.open('dramatis-sample');
        opening.addEventListener('error', () => reject(opening.error ?? new Error('not opened')));
        opening.addEventListener('success', () => {
          const transaction = opening.result.transaction('groups', 'readwrite');
          const groups = transaction.objectStore('groups');
          if (value !== null) groups.put(value, name);
          const reading = groups.get(name);
          transaction.addEventListener('complete', () => {
            opening.result.close();
            resolve({ text: String(reading.result) });
          });
        });
      }),
    [key, put] as const,
  );
}
