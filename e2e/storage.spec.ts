import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { build } from 'vite';
import { importSample, openStart, personaNames, receipt } from './support/app.ts';
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

test('where the browser keeps nothing, it says so and goes on in memory', async ({ page, context }, info) => {
  const { db, wal } = opencodeFolder(info);
  const refuse = `indexedDB.open = () => { throw new DOMException('refused by the person', 'InvalidStateError') };`;
  await withWorkerPrelude(context, refuse);
  await openStart(page);
  await expect(page.getByText(/does not let Dramatis keep anything/)).toBeVisible();
  await dropPaths(page, [db, wal]);
  expect(await receipt(page)).toContain('are new');
  await page.getByRole('link', { name: 'See the personas' }).click();
  await expect(personaNames(page).first()).toBeVisible();
});

test('a part that can’t be read is set aside, and the last good copy comes back', async ({ page }) => {
  await importSample(page);
  const names = await personaNames(page).allTextContents();
  await page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('dramatis-sample');
      opening.addEventListener('success', () => resolve(opening.result));
      opening.addEventListener('error', () => reject(opening.error ?? new Error('not opened')));
    });
    await new Promise((resolve) => {
      const transaction = database.transaction('groups', 'readwrite');
      const groups = transaction.objectStore('groups');
      const reading = groups.get('state/persona/opencode:build');
      reading.addEventListener('success', () => {
        groups.put(reading.result, 'previous/state/persona/opencode:build');
        groups.put('{"schema":1,"cut of', 'state/persona/opencode:build');
      });
      transaction.addEventListener('complete', resolve);
    });
    database.close();
  });
  await page.reload();
  await expect(page.getByText(/set aside, not overwritten: the persona opencode:build/)).toBeVisible();
  await expect(personaNames(page)).toHaveCount(names.length - 1);
  await page.getByRole('button', { name: 'Use the last good copy' }).click();
  await expect(personaNames(page)).toHaveText(names);
  await expect(page.getByText(/set aside/)).toBeHidden();
});
