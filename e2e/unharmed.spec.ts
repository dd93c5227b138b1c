import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { closeSheet, openStart, personaNames, receipt, sheet } from './support/app.ts';
import { dropPaths } from './support/drop.ts';
import { CORPUS_STORE, fixtureSessions, hasCorpus, opencodeFolder } from './support/files.ts';
import { withWorkerPrelude } from './support/worker-prelude.ts';

const PHASES = ['Open', 'Messages'] as const;

/** Reads of a disk so slow that every phase is seen. */
const SLOW_DISK = `
  for (const [kind, name] of [[Blob, 'arrayBuffer'], [ReadableStreamBYOBReader, 'read']]) {
    const read = kind.prototype[name];
    kind.prototype[name] = async function (...words) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      return read.apply(this, words);
    };
  }`;

/** Presses Cancel, or leaves the page, in the very moment when the sheet shows this phase. */
async function whenPhase(page: Page, phase: string, act: 'cancel' | 'leave'): Promise<void> {
  await page.evaluate(
    ([wanted, what]) => {
      const watch = new MutationObserver(() => {
        if (document.querySelector('[aria-current="step"]')?.textContent !== wanted) return;
        watch.disconnect();
        if (what === 'leave') {
          window.location.replace('about:blank');
          return;
        }
        const buttons = [...document.querySelectorAll('button')];
        buttons.find((button) => button.textContent === 'Cancel')?.click();
      });
      watch.observe(document.body, { subtree: true, childList: true, attributes: true });
    },
    [phase, act] as const,
  );
}

test.beforeEach(async ({ context }) => withWorkerPrelude(context, SLOW_DISK));

for (const phase of PHASES) {
  test(`cancelling at "${phase}" leaves everything as it was`, async ({ page }, info) => {
    const { db, wal } = opencodeFolder(info);
    await openStart(page);
    await whenPhase(page, phase, 'cancel');
    await dropPaths(page, [db, wal]);
    await expect(sheet(page).getByRole('alert')).toHaveText('Cancelled. Everything is as it was.');
    await closeSheet(page);
    await page.goto('/sessions');
    await expect(page.getByText('The catalog is empty')).toBeVisible();
  });

  test(`the page closed at "${phase}" leaves the old state whole`, async ({ page }, info) => {
    test.skip(!hasCorpus(), `NO CORPUS at ${CORPUS_STORE}: the old state to protect is made of it`);
    const { db, wal } = opencodeFolder(info);
    await openStart(page);
    await dropPaths(page, [`${CORPUS_STORE}/opencode.db`, `${CORPUS_STORE}/opencode.db-wal`]);
    await receipt(page);
    await sheet(page).getByRole('link', { name: 'See the personas' }).click();
    const before = await personaNames(page).allTextContents();
    expect(before.length).toBeGreaterThan(0);

    await whenPhase(page, phase, 'leave');
    await dropPaths(page, [db, wal]);
    await page.waitForURL('about:blank');

    await page.goto('/personas');
    await expect(personaNames(page)).toHaveText(before);
    await expect(page.getByText(/from 28 sessions/)).toBeVisible();
    await dropPaths(page, [db, wal]);
    expect(await receipt(page)).toContain(`${fixtureSessions()} sessions`);
  });
}

test('titles of sessions show while messages are still read', async ({ page }, info) => {
  const { db, wal } = opencodeFolder(info);
  await openStart(page);
  await dropPaths(page, [db, wal]);
  const found = sheet(page).getByRole('list', { name: 'Sessions found' });
  await expect(found.getByRole('listitem').first()).toBeVisible();
  await expect(sheet(page).getByRole('button', { name: 'Cancel' })).toBeVisible();
  await closeSheet(page);
  await page.getByRole('button', { name: /^Importing/ }).click();
  await receipt(page);
});
