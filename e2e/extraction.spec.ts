import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { json } from '../src/core/extraction/providers/fixture-model-server.ts';
import { closeSheet, openStart, receipt } from './support/app.ts';
import { dropFileObjects, dropPaths } from './support/drop.ts';
import { withFastTime } from './support/fast-time.ts';
import { opencodeFolder, ownFile } from './support/files.ts';
import { extraction, items } from './support/memory.ts';
import { allowing, finding, withModelServer } from './support/model-server.ts';
import { pickOwnFolder, writeOwnFile } from './support/own-disk.ts';
import { ClaudeFolder, DAY_MS, idOf, transcript } from './support/transcripts.ts';

const SAID = 'I always want tabs. The database is postgres://app:sommer-2026@db/app today.';

/** Chooses a server that speaks OpenAI's way. */
async function chooseServer(page: Page, url: string): Promise<void> {
  await page.goto('/settings');
  await page.getByRole('radio', { name: /OpenAI-compatible/ }).click();
  const address = page.getByRole('textbox', { name: 'Address of the server' });
  await address.fill(url);
  await address.press('Enter');
  await expect(address).toHaveValue(url);
  const model = page.getByRole('combobox', { name: 'Model' }).or(page.getByRole('textbox', { name: 'Model' }));
  await model.fill('tiny-1');
  await model.press('Enter');
  await page.getByLabel(/^Key(,|$)/).fill('local-key-opensesame');
  await page.getByLabel(/^Key(,|$)/).press('Enter');
  await expect(page.getByPlaceholder('A key is kept on this device')).toBeVisible();
}

async function importPaths(page: Page, paths: readonly string[]): Promise<void> {
  await dropPaths(page, paths);
  await receipt(page);
  await closeSheet(page);
}

test('a model over the network is asked when the person says so, without secrets, and nobody else is', async ({
  page,
}, info) => {
  await withModelServer(async (server) => {
    server.behave(allowing(finding('Wants tabs', 'I always want tabs.')));
    const asked: string[] = [];
    page.context().on('request', (request) => asked.push(request.url()));
    const claude = new ClaudeFolder(info);
    claude.write(1, SAID);
    await openStart(page);
    await chooseServer(page, server.url);
    await importPaths(page, [claude.path]);
    await page.getByRole('link', { name: 'Memory', exact: true }).click();
    await expect(extraction(page).getByText(/1 session to read: about 1 call, [\d,]+ tokens/)).toBeVisible();
    expect(server.asked).toEqual([]);

    await extraction(page).getByRole('button', { name: 'Start' }).click();
    await expect(items(page)).toHaveCount(1);
    await expect(items(page).first()).toContainText('Wants tabs');
    await expect(items(page).first().locator('q').first()).toHaveText('I always want tabs.');
    const [call] = server.asked.filter(({ method }) => method === 'POST');
    expect(call?.headers.authorization).toBe('Bearer local-key-opensesame');
    expect(JSON.stringify(call?.body)).not.toContain('sommer-2026');
    expect(JSON.stringify(call?.body)).toContain('[redacted:');

    const { origin } = new URL(page.url());
    const own = (url: string): boolean =>
      [origin, `blob:${origin}`, server.url].some((each) => url.startsWith(`${each}/`));
    expect(asked.filter((url) => !own(url))).toEqual([]);
    // the page itself may still ask nobody
    const mayPage = await page.evaluate(
      (url) =>
        fetch(url, { mode: 'no-cors' }).then(
          () => true,
          () => false,
        ),
      server.url,
    );
    expect(mayPage).toBe(false);
  });
});

test('a session that fails again and again is told with its reason, and is read when it is tried again', async ({
  page,
}, info) => {
  await withFastTime(page);
  await withModelServer(async (server) => {
    server.behave(allowing(json(500, { error: { message: 'out of memory' } })));
    const claude = new ClaudeFolder(info);
    claude.write(1, SAID);
    await openStart(page);
    await chooseServer(page, server.url);
    await importPaths(page, [claude.path]);
    await page.getByRole('link', { name: 'Memory', exact: true }).click();
    await extraction(page).getByRole('button', { name: 'Start' }).click();
    await expect(extraction(page).getByText('1 session could not be read.')).toBeVisible({ timeout: 30_000 });
    await expect(extraction(page).getByText(/out of memory.*5 tries/)).toBeVisible();
    await page.getByRole('link', { name: 'Personas' }).click();
    await expect(page.getByRole('status', { name: 'Extraction' })).toContainText('1 session could not be read');

    server.behave(allowing(finding('Wants tabs', 'I always want tabs.')));
    await page.getByRole('status', { name: 'Extraction' }).getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('link', { name: 'Memory', exact: true }).click();
    await expect(items(page).first()).toContainText('Wants tabs');
    await expect(extraction(page).getByText('could not be read')).toBeHidden();
  });
});

test('a key that is refused pauses the model, not the session; one that is right goes on', async ({ page }, info) => {
  await withModelServer(async (server) => {
    server.behave(allowing(json(401, { error: { message: 'bad key' } })));
    const claude = new ClaudeFolder(info);
    claude.write(1, SAID);
    await openStart(page);
    await chooseServer(page, server.url);
    await importPaths(page, [claude.path]);
    await page.getByRole('checkbox', { name: /Go on by itself/ }).check();
    await page.getByRole('link', { name: 'Memory', exact: true }).click();
    await expect(
      extraction(page)
        .getByText(/The key was refused/)
        .first(),
    ).toBeVisible();
    server.behave(allowing(finding('Wants tabs', 'I always want tabs.')));
    await page.getByRole('link', { name: 'Settings' }).first().click();
    await page.getByLabel(/^Key(,|$)/).fill('the-right-key');
    await page.getByLabel(/^Key(,|$)/).press('Enter');
    await page.getByRole('link', { name: 'Memory', exact: true }).click();
    await expect(items(page).first()).toContainText('Wants tabs');
  });
});

test('the test of a server says what it must allow, lists its models, and says that it answers', async ({ page }) => {
  await withModelServer(async (server) => {
    server.behave(json(200, {}));
    await openStart(page);
    await chooseServer(page, server.url);
    const result = page.getByRole('status', { name: 'Result of the test' });
    await page.getByRole('button', { name: 'Test' }).click();
    await expect(result).toContainText(`OLLAMA_ORIGINS=${new URL(page.url()).origin}`);

    server.behave(allowing(json(200, { object: 'list', data: [{ id: 'tiny-1' }, { id: 'tiny-2' }] })));
    await page.getByRole('button', { name: 'List its models' }).click();
    await page.getByRole('button', { name: 'tiny-2' }).click();
    await expect(page.getByRole('button', { name: 'tiny-2' })).toHaveAttribute('aria-pressed', 'true');

    server.behave(allowing(finding('Nothing', 'nothing')));
    await page.getByRole('button', { name: 'Test' }).click();
    await expect(result).not.toContainText('OLLAMA');
    await expect(result).not.toBeEmpty();
  });
});

test('what was begun goes on after a reload', async ({ page }) => {
  await pickOwnFolder(page, '.claude');
  await withModelServer(async (server) => {
    let isAsked = (): void => undefined;
    const asked = new Promise<void>((resolve) => {
      isAsked = resolve;
    });
    // it never answers
    server.behave(allowing(() => isAsked()));
    await openStart(page);
    await writeOwnFile(
      page,
      `.claude/projects/-home-nora-src-packlist/${idOf(1)}.jsonl`,
      transcript(idOf(1), SAID, Date.now() - DAY_MS),
    );
    await chooseServer(page, server.url);
    await page.getByRole('checkbox', { name: /Go on by itself/ }).check();
    await page.goto('/import');
    await page.getByRole('button', { name: 'Claude Code folder' }).click();
    await receipt(page);
    await asked;
    server.behave(allowing(finding('Wants tabs', 'I always want tabs.')));
    await page.goto('/memory');
    await expect(items(page).first()).toContainText('Wants tabs');
    await expect(items(page)).toHaveCount(1);
  });
});

test.describe('of the main thread', () => {
  // another program that holds the processor makes any task long
  test.describe.configure({ retries: 2 });

  test('while sessions are read behind the page, the page is free', async ({ page }, info) => {
    const long: string[] = [];
    page.on('console', (message) => message.text().startsWith('long task') && long.push(message.text()));
    await page.addInitScript(() => {
      const tell = (list: PerformanceObserverEntryList): void => {
        for (const { duration } of list.getEntries()) console.debug(`long task: ${duration} ms`);
      };
      new PerformanceObserver(tell).observe({ type: 'longtask' });
    });
    const { folder } = opencodeFolder(info);
    await openStart(page);
    await importPaths(page, [folder]);
    const line = page.getByRole('status', { name: 'Extraction' });
    await expect(line.getByText(/^\d+ of \d+ sessions/)).toBeVisible();
    long.length = 0;
    await expect(line).toBeHidden({ timeout: 45_000 });
    expect(long).toEqual([]);
  });
});

test('what was dropped once is asked for again after a reload, and read when it comes', async ({ page }, info) => {
  await withModelServer(async (server) => {
    server.behave(allowing(finding('Wants tabs', 'I always want tabs.')));
    const file = ownFile(info, `${idOf(1)}.jsonl`, transcript(idOf(1), SAID, Date.now() - DAY_MS));
    await openStart(page);
    await chooseServer(page, server.url);
    await dropFileObjects(page, [file]);
    await receipt(page);
    await page.goto('/memory');
    await extraction(page).getByRole('button', { name: 'Start' }).click();
    await expect(extraction(page).getByText('can be read when their source is in reach again')).toBeVisible();
    await expect(extraction(page).getByText(`Drop ${idOf(1)}.jsonl on this page again`)).toBeVisible();
    expect(server.asked).toEqual([]);
    await dropFileObjects(page, [file]);
    await receipt(page);
    await closeSheet(page);
    await expect(items(page).first()).toContainText('Wants tabs');
    await expect(extraction(page).getByText('in reach again')).toBeHidden();
  });
});

test('the model a browser brings is asked in the page for the worker, by itself', async ({ page }, info) => {
  await page.addInitScript(() => {
    const evidence = [{ message: 'm1', quote: 'I always want tabs.' }];
    const trait = { kind: 'trait', known: null, name: 'Wants tabs', description: '', subject: null, aliases: [] };
    const reply = JSON.stringify({ findings: [{ ...trait, evidence }], quotes: [] });
    const session = { prompt: async () => reply, destroy: () => undefined };
    window.LanguageModel = { availability: async () => 'available', create: async () => session };
  });
  const claude = new ClaudeFolder(info);
  claude.write(1, SAID);
  await openStart(page);
  await page.goto('/settings');
  await page.getByRole('radio', { name: /model of this browser/ }).click();
  await page.getByRole('button', { name: 'Test' }).click();
  await expect(page.getByRole('status', { name: 'Result of the test' })).toHaveText(
    'The model of this browser answers.',
  );
  await importPaths(page, [claude.path]);
  await page.getByRole('link', { name: 'Memory', exact: true }).click();
  await expect(items(page)).toHaveCount(1);
  await expect(items(page).first()).toContainText('Wants tabs');
});
