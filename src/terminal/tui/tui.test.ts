/* oxlint-disable no-control-regex -- terminals are told what to do by control characters */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { takeLock } from '../../platform/node/lock.ts';
import { cliWords, TestHome } from '../fixture-cli.ts';
import { hasPty, type PtyOptions, TerminalWindow } from './fixture-pty.ts';

const NOW = Date.UTC(2026, 10, 21, 9, 30);
const DAY = Date.UTC(2026, 10, 20);
const BASH = '/bin/bash';
const CRASH = fileURLToPath(new URL('fixture-crash.ts', import.meta.url));

describe.skipIf(!hasPty)('in a real terminal', { timeout: 300_000 }, () => {
  let home: TestHome;

  beforeAll(async () => {
    home = await TestHome.make();
    await home.addSample(NOW);
    await home.run('import', '--archive-all');
  }, 300_000);

  afterAll(() => home.remove());

  /** Opened on the home folder; closed with the test. */
  async function opened(options?: PtyOptions, args: readonly string[] = []): Promise<TerminalWindow> {
    const window = TerminalWindow.open(home.path, args, options);
    onTestFinished(() => window.close());
    await window.shows('? keys  q quit');
    return window;
  }

  test('dramatis alone shows personas left, the timeline right and what is kept; q gives the screen back', async () => {
    const window = await opened();
    expect(window.isOnOtherScreen).toBe(true);
    const lines = await window.lines();
    expect(lines[0]).toContain('[Personas]');
    expect(lines[2]).toMatch(/^▌ build oc +\d+ │build {2}\d+ of \d+ kept/);
    expect(lines.at(-1)).toMatch(/\d kB of 10\.0 MB, \d+ items/);
    window.press('q');
    expect(await window.ended).toBe(0);
    expect(window.isOnOtherScreen).toBe(false);
    expect(await window.text()).toBe('\n'.repeat(23));
    expect(window.bytes).toMatch(/\x1B\[\?25h[^]*\x1B\[\?1049l/);
  });

  test('keys that come in a bunch are keys, and a sequence that comes in two pieces is one', async () => {
    const window = await opened();
    window.press('jj\x1B[A\tgg\r');
    await window.shows('lines 1 to');
    window.press('\x1B');
    await window.shows('[Personas]');
    window.press('gm');
    await window.shows('[Memory]');
    window.press('jj');
    const marked = /▌ .*/.exec(await window.shows(/\n {2}.*\n {2}.*\n▌ /))?.[0];
    window.press('\x1B');
    window.press('[A');
    await window.shows(/\n {2}.*\n▌ /);
    window.press('j');
    expect(/▌ .*/.exec(await window.shows(/\n {2}.*\n {2}.*\n▌ /))?.[0]).toBe(marked);
  });

  test('the terminal may become another size', async () => {
    const window = await opened();
    window.resize(50, 12);
    await window.shows(/^─{50}\n\? keys[^\n]*$/m);
    expect((await window.lines()).at(-1)).toContain('? keys');
    window.resize(120, 40);
    await window.shows(/^─{120}\n\? keys[^\n]*$/m);
    expect((await window.lines()).at(-1)).toContain('? keys');
  });

  test('NO_COLOR: no colours and no weights, and it is as readable', async () => {
    const window = await opened({ env: { NO_COLOR: '1' } });
    window.press('j');
    await window.shows(/^▌ plan|^▌ reviewer/m);
    expect(window.bytes).not.toMatch(/\x1B\[(?!0m)[\d;]*m/);
    const coloured = await opened();
    expect(coloured.bytes).toMatch(/\x1B\[3\dm/);
  });

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'])('%s gives the screen back', async (signal) => {
    const window = await opened();
    window.kill(signal);
    expect(await window.ended).toBe(0);
    expect(window.isOnOtherScreen).toBe(false);
    expect(window.bytes).toMatch(/\x1B\[\?2004l[^]*\x1B\[\?25h/);
  });

  test('a program that breaks gives the screen back before it says why', async () => {
    const window = TerminalWindow.run([process.execPath, '--import', 'tsx', CRASH], { env: { PATH: '/usr/bin:/bin' } });
    onTestFinished(() => window.close());
    await window.shows('On the other screen');
    window.press('x');
    expect(await window.ended).toBe(1);
    expect(window.isOnOtherScreen).toBe(false);
    expect(await window.text()).toContain('Broken on purpose');
  });

  test.skipIf(!existsSync(BASH))('it can be put aside for the shell and taken up again', async () => {
    const { command, args, cwd, env } = cliWords(home.path, []);
    const shell = TerminalWindow.run([BASH, '--norc', '-i'], { cwd, env: { ...env, PS1: 'shell> ' } });
    onTestFinished(() => shell.close());
    await shell.shows('shell>');
    shell.press(`${[command, ...args].join(' ')}\r`);
    await shell.shows('? keys  q quit');
    shell.press('gm\x1A');
    await shell.shows('Stopped');
    expect(shell.isOnOtherScreen).toBe(false);
    shell.press('fg\r');
    await shell.shows('[Memory]');
    shell.press('q');
    await shell.shows(/fg\n[^]*shell>/);
  });

  test('an import of another process is seen by itself, though the screen is open', async () => {
    const other = await TestHome.make();
    onTestFinished(() => other.remove());
    const window = TerminalWindow.open(other.path, []);
    onTestFinished(() => window.close());
    await window.shows('To begin, press g i');
    await other.addTranscript(DAY);
    expect((await other.run('import')).code).toBe(0);
    await window.shows(/▌ main cc/);
  });

  test('g i imports in a process of its own, and says what came', async () => {
    const other = await TestHome.make();
    onTestFinished(() => other.remove());
    await other.addTranscript(DAY);
    const window = TerminalWindow.open(other.path, []);
    onTestFinished(() => window.close());
    await window.shows('To begin, press g i');
    window.press('gi');
    await window.shows(/Imported: 1 new session, \d new messages/);
    expect(await window.shows(/▌ main cc/)).toContain('Personas');
  });

  test('while another process writes it is read-only and says so; afterwards a change is written', async () => {
    const window = await opened();
    const lock = await takeLock(home.stateFolder);
    await window.shows(`read-only: Another command (process ${process.pid})`);
    window.press('gmc');
    await window.shows(/\(process \d+\) is writing here/);
    await lock.release();
    window.press('k');
    await window.shows('? keys  q quit');
    window.press('c');
    await window.shows(/^Confirmed: /m);
    await window.shows(/✓/);
    const items = v.parse(v.array(v.looseObject({ status: v.string() })), await home.json('memory'));
    expect(items.filter(({ status }) => status === 'confirmed')).toHaveLength(1);
    window.press('u');
    await window.shows(/^Taken back: /m);
  });

  test('a session that was found is read from its source', async () => {
    const window = await opened();
    const [session] = v.parse(v.array(v.looseObject({ summary: v.string() })), await home.json('sessions'));
    window.press(`/${session?.summary ?? ''}\r`);
    await window.shows('Search (');
    while (!/▌ \S+ +session/.test(await window.text())) {
      const before = await window.text();
      window.press('j');
      await window.changesFrom(before);
    }
    window.press('\r');
    expect(await window.shows(/── You, /)).toMatch(/lines 1 to \d+ of/);
  });
});

test('tui without a terminal says what it needs', { timeout: 300_000 }, async () => {
  const home = await TestHome.make();
  onTestFinished(() => home.remove());
  const { code, out, err } = await home.run('tui');
  expect([code, out]).toEqual([1, '']);
  expect(err).toContain('needs a terminal');
  expect((await home.run()).out).toContain('Usage: dramatis COMMAND');
});
