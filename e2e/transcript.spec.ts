import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { closeSheet, importSample, openStart, receipt } from './support/app.ts';
import { dropFileObjects, dropPaths } from './support/drop.ts';
import { CORPUS, CORPUS_STORE, hasCorpus, ownFile } from './support/files.ts';
import { tellWorker, withWorkerPrelude } from './support/worker-prelude.ts';

/** An export of a session with so many messages, `msg_1` to the last. */
function longSession(messages: number) {
  const info = {
    id: 'ses_long',
    title: 'Long',
    directory: '/srv/shop',
    version: '1.0.0',
    time: { created: 1, updated: 2 },
  };
  const message = (at: number) => {
    const id = `msg_${at}`;
    const role = at % 2 === 1 ? 'user' : 'assistant';
    const part = { id: `prt_${at}`, messageID: id, type: 'text', text: `Message ${at}` };
    return { info: { id, sessionID: info.id, role, time: { created: BEGIN + at * 60_000 } }, parts: [part] };
  };
  return { info, messages: Array.from({ length: messages }, (_, at) => message(at + 1)) };
}

const BEGIN = Date.UTC(2026, 10, 1);

/** Opens a session of the list as a transcript. */
async function openTranscript(page: Page, title: string): Promise<void> {
  await page.goto('/sessions');
  await page.getByRole('button', { name: title, exact: true }).click();
  await page.getByRole('link', { name: 'Read the transcript' }).click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await expect(page.getByRole('article').last()).toBeVisible();
  // the end alone is shown until the list of all has found its place
  await expect(page.locator('[data-newest]')).toHaveCount(0);
}

async function importStore(page: Page): Promise<void> {
  await openStart(page);
  await dropPaths(page, [join(CORPUS_STORE, 'opencode.db'), join(CORPUS_STORE, 'opencode.db-wal')]);
  await receipt(page);
  await closeSheet(page);
}

test('a session opens as a transcript, with what its tools did behind one line each', async ({ page }) => {
  await importSample(page);
  await openTranscript(page, 'Rehearsal notes');
  await expect(page.getByText('4 messages')).toBeVisible();
  await expect(page.getByText('opencode --session ses_')).toBeVisible();
  const edit = page.getByRole('button', { name: /^edit talk\/outline\.md/ });
  await expect(edit).toHaveAttribute('aria-expanded', 'false');
  await edit.click();
  await expect(page.getByRole('row', { name: 'taken out: ## A short history of sync (5)' })).toBeVisible();
  await expect(page.getByText('Edit applied successfully.')).toBeVisible();
});

test('the end of a long session stays in sight while all of it is read and listed', async ({ page }, info) => {
  await openStart(page);
  await dropPaths(page, [ownFile(info, 'long.json', JSON.stringify(longSession(400)))]);
  await receipt(page);
  await closeSheet(page);
  await page.goto('/sessions');
  await expect(page.getByRole('heading', { level: 1, name: 'Sessions' })).toBeVisible();
  await page.evaluate(() => {
    const isInSight = (): boolean => {
      const last = [...document.querySelectorAll('article[data-message="msg_400"]')];
      return last.some((article) => article.checkVisibility({ visibilityProperty: true }));
    };
    const seen = { frames: 0, without: 0 };
    Object.assign(window, { seen });
    const look = (): void => {
      if (isInSight()) seen.frames += 1;
      else if (seen.frames > 0) seen.without += 1;
      requestAnimationFrame(look);
    };
    look();
    history.pushState(null, '', '/sessions/ses_long');
  });
  await expect(page.getByText('400 messages')).toBeVisible();
  await expect(page.locator('[data-virtuoso-scroller] article').last()).toBeVisible();
  await expect(page.getByRole('article').last()).toContainText('Message 400');
  const seen = await page.evaluate(() => ('seen' in window ? window.seen : null));
  expect(seen).toMatchObject({ without: 0 });
});

test('find looks through everything, opens what it finds, and goes to the next place', async ({ page }) => {
  await importSample(page);
  await openTranscript(page, 'Rehearsal notes');
  await page.keyboard.press('/');
  const field = page.getByRole('searchbox', { name: 'Find in this session' });
  await expect(field).toBeFocused();
  await field.fill('APPLIED successfully');
  await expect(page.getByText('1 place', { exact: true })).toBeVisible();
  await expect(page.getByText('Edit applied successfully.')).toBeHidden();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Edit applied successfully.')).toBeInViewport();
  await expect.poll(() => page.evaluate(() => CSS.highlights.get('found-now')?.size)).toBe(1);

  await field.fill('tool:edit');
  await expect(page.getByText('1 place', { exact: true })).toBeVisible();
  await page.keyboard.press('Enter');
  const marked = () => page.evaluate(() => [...(CSS.highlights.get('found-now') ?? [])].map(String));
  await expect.poll(marked).toEqual(['edit']);
  await field.fill('tool:edit APPLIED');
  await page.keyboard.press('Enter');
  await expect.poll(marked).toEqual(['applied']);

  await field.fill('nowhere to be found');
  await expect(page.getByText('Not found')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(field).toBeHidden();
  await page.keyboard.press('Control+f');
  await expect(field).toBeFocused();
});

test('a link to a message leads to it and marks it, and Back leads to where one was', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await importSample(page);
  await openTranscript(page, 'Rehearsal notes');
  const first = page.getByRole('article').first();
  await first.hover();
  await first.getByRole('button', { name: 'Copy a link to the message' }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.goto(link);
  await expect(page.locator('article[aria-current="true"]')).toContainText('Rehearsed for Hanna last night');
  await page.getByRole('link', { name: 'Sessions' }).click();
  await expect(page.getByRole('heading', { name: 'Sessions' })).toBeVisible();
  await page.goBack();
  await expect(page.locator('article[aria-current="true"]')).toBeInViewport();
});

test('by keyboard: messages one by one, unfolded and folded', async ({ page }) => {
  await importSample(page);
  await openTranscript(page, 'Rehearsal notes');
  await page.keyboard.press('Home');
  await expect(page.locator('article[aria-current="true"]')).toContainText('Rehearsed for Hanna');
  await page.keyboard.press('j');
  await expect(page.locator('article[aria-current="true"]')).toContainText('Without the history part');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Edit applied successfully.')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Edit applied successfully.')).toBeHidden();
  await page.keyboard.press('k');
  await expect(page.locator('article[aria-current="true"]')).toContainText('Rehearsed for Hanna');
});

test('a store by the genuine OpenCode: shells, files, pictures, sub-agents, errors and what the source holds', async ({
  page,
}) => {
  test.skip(!hasCorpus(), `NO CORPUS at ${CORPUS_STORE}: its transcripts were NOT looked at`);
  await importStore(page);
  await openTranscript(page, 'Money formatting helper and setup gaps');
  await page.keyboard.press('Home');
  const shell = page.getByRole('button', { name: /^bash List files and recent commits exit 0, 281 ms/ });
  await shell.click();
  await expect(page.getByText('5b8d858 Initial storefront skeleton')).toBeVisible();

  await page.keyboard.press('/');
  await page.getByRole('searchbox').fill('Compare README.md with docs/deploy.md');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Show what it did' })).toBeVisible();
  await page.getByRole('button', { name: 'Show what it did' }).click();
  await expect(
    page
      .getByRole('region', { name: /^What the sub-agent did/ })
      .getByRole('article')
      .last(),
  ).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('sub-agent.png') });

  await page.getByRole('searchbox').fill('checkout-button.png');
  await page.keyboard.press('Enter');
  const picture = page.getByRole('img', { name: 'checkout-button.png, image/png' });
  await expect(picture).toBeVisible();

  const message = page.getByRole('article').filter({ has: picture }).last();
  await message.hover();
  await message.getByRole('button', { name: 'Show it as the source has it' }).last().click();
  await expect(page.getByRole('dialog')).toContainText('"role": "user"');
});

const GQC = 'claude/marot-spotter/projects/-home-USER-projects-spotter-worktrees-spotter-gqc';
const LONG = '258c7280-ae70-4798-800f-63464d01a85d';

test('Claude Code: opens at the end, says when its source is out of reach, and reads it when it is back', async ({
  page,
}) => {
  const file = join(CORPUS, GQC, `${LONG}.jsonl`);
  test.skip(!existsSync(file), `NO CORPUS at ${file}: its transcripts were NOT looked at`);
  await openStart(page);
  await dropFileObjects(page, [file]);
  await receipt(page);
  await page.goto(`/sessions/${LONG}`);
  await expect(page.getByText('A transcript is read from where its tool keeps it')).toBeVisible();
  await expect(page.getByRole('link', { name: 'connect its folder' })).toBeVisible();

  await dropFileObjects(page, [file]);
  await receipt(page);
  await closeSheet(page);
  await expect(page.getByText('159 messages')).toBeVisible();
  await expect(page.getByRole('article').last()).toBeInViewport();
  await page.keyboard.press('Control+f');
  await page.getByRole('searchbox').fill('tool_uses: 11');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('searchbox')).toBeHidden();
});

test('a long transcript says how far it is saved, can be stopped, and saved after that', async ({
  page,
  context,
}, info) => {
  await withWorkerPrelude(context, HELD_TURNS);
  await openStart(page);
  await dropPaths(page, [ownFile(info, 'long.json', JSON.stringify(longSession(400)))]);
  await receipt(page);
  await closeSheet(page);
  await openTranscript(page, 'Long');
  let downloads = 0;
  page.on('download', () => (downloads += 1));
  await page.getByRole('button', { name: 'Save the transcript' }).click();
  await expect(page.getByText('Nothing that looks like a secret')).toBeVisible();
  await holdTurns(page, true);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saving 100 of 400 messages…')).toBeVisible();
  await page.screenshot({ path: info.outputPath('saving.png') });
  await page.getByRole('button', { name: 'Cancel' }).click();
  await holdTurns(page, false);
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeVisible();
  expect(downloads).toBe(0);
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  expect(readFileSync(await (await downloading).path(), 'utf8')).toContain('Message 400');
});

/** What gives others their turn waits in the worker, as long as it is told to. */
const HELD_TURNS = `{
  const held = [];
  const real = globalThis.setTimeout.bind(globalThis);
  let isHeld = false;
  globalThis.setTimeout = (act, ms) => (isHeld && ms === 0 ? held.push(act) : real(act, ms));
  const channel = new BroadcastChannel('turns');
  channel.onmessage = ({ data }) => {
    isHeld = data;
    if (!isHeld) for (const act of held.splice(0)) real(act, 0);
    channel.postMessage('heard');
  };
}`;

function holdTurns(page: Page, isHeld: boolean): Promise<void> {
  return tellWorker(page, 'turns', isHeld);
}

test('it is saved without secrets, after a look at what is taken out', async ({ page }, info) => {
  await openStart(page);
  const session = {
    info: { id: 'ses_1', title: 'Deploy', directory: '/srv/shop', version: '1.0.0', time: { created: 1, updated: 2 } },
    messages: [
      {
        info: { id: 'msg_1', sessionID: 'ses_1', role: 'user', time: { created: 1_791_191_540_246 } },
        parts: [{ id: 'prt_1', messageID: 'msg_1', type: 'text', text: 'The key is AKIAIOSFODNN7EXAMPLE, keep it.' }],
      },
    ],
  };
  const { writeFileSync } = await import('node:fs');
  const path = info.outputPath('deploy.json');
  writeFileSync(path, JSON.stringify(session));
  await dropPaths(page, [path]);
  await receipt(page);
  await page.getByRole('link', { name: 'See the personas' }).click();
  await page.getByRole('link', { name: 'Sessions' }).click();
  await page.getByRole('button', { name: 'Deploy', exact: true }).click();
  await page.getByRole('link', { name: 'Read the transcript' }).click();
  await page.getByRole('button', { name: 'Save the transcript' }).click();
  await expect(page.getByText('1 place will be taken out.')).toBeVisible();
  await expect(page.getByText('The key is [redacted:aws-key], keep it.')).toBeVisible();
  await page.getByRole('combobox', { name: 'Format' }).selectOption('html');
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('deploy.html');
  const html = readFileSync(await download.path(), 'utf8');
  expect(html).toContain('The key is [redacted:aws-key], keep it.');
  expect(html).not.toContain('AKIAIOSFODNN7EXAMPLE');
});
