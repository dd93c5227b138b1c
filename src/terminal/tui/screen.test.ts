/* oxlint-disable no-control-regex -- terminals are told what to do by control characters */
import initSqlJs from 'sql.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { FixtureProvider } from '../../core/extraction/fixture-provider.ts';
import { FixtureStore } from '../../core/fixture-store.ts';
import { DAY_MS } from '../../core/model/constants.ts';
import { NO_FLAGS } from '../../core/model/message.ts';
import type { TimelineRow } from '../../core/model/views.ts';
import { MemoryStore } from '../../core/state/memory-store.ts';
import { openWorkspace, type Workspace } from '../../core/workspace.ts';
import { draw } from './draw.tsx';
import { counting, Player, QUIET } from './fixture-scene.ts';
import { seen } from './fixture-seen.ts';
import { layoutOf } from './layout.ts';
import type { Library } from './library.ts';

const NOW = Date.UTC(2026, 10, 21, 9);

let SQL: Awaited<ReturnType<typeof initSqlJs>>;
let workspace: Workspace;

const SAID = [
  'I use tabs.',
  'The designer is 花子, she draws 日本語 well 👩‍👩‍👧‍👦 and 🇩🇪 too, é and ñ.',
  'مرحبا بالعالم: العربية من اليمين',
  'An escape \u001B[31m and a bell \u0007 and an override \u202E here.',
  `One long line, ${'word '.repeat(400)}`,
];

beforeAll(async () => {
  SQL = await initSqlJs();
  workspace = await openWorkspace({
    store: new MemoryStore(),
    loadSqlJs: () => Promise.resolve(SQL),
    now: () => NOW,
    newDeviceId: () => 'device',
    timeZone: 'UTC',
  });
  const db = new FixtureStore(SQL);
  for (const [at, agent] of ['build', '部署👩‍👩‍👧', 'plan', 'über-langer-name-eines-agenten-der-nicht-passt'].entries()) {
    const session = `s${at}`;
    db.session(session, NOW - DAY_MS, { title: at === 1 ? '件名 with 😀 emoji' : `Title ${at}` });
    for (const [n, text] of SAID.entries())
      db.message({ id: `m${at}-${n}`, session, agent, time: NOW - DAY_MS + n * 60_000 + at * 3_600_000, text });
  }
  await workspace.import(db.files(), { now: NOW });
  await workspace.extract(db.files(), { provider: new FixtureProvider() });
});

const screenOf = (player: Player) => seen(draw(player.scene()), player.size);

describe('every screen', () => {
  const sizes = [
    [80, 24],
    [132, 50],
    [64, 12],
    [50, 20],
    [40, 10],
    [20, 7],
    [12, 4],
  ] as const;
  const ways = ['', '\t', '\t\r', 'gm', 'gm\r', 'gmll', 'gm/ta', '/the', '/the\r\r', 'gt', 'gy', '?', 'g'];

  test.each(sizes)('fits %i columns and %i lines, whatever was said', async (columns, rows) => {
    for (const way of ways) {
      const player = new Player(workspace, columns, rows).press(way);
      const lines = draw(player.scene());
      expect(lines).toHaveLength(layoutOf(player.size).rows);
      const shown = await seen(lines.slice(0, rows), player.size);
      expect(textOf(shown).trim()).not.toBe('');
      // the bell and the escape of a message would not be among what drawing writes itself
      expect(lines.join('')).not.toContain('\u0007');
      expect(lines.join('').replaceAll(/\x1B\[(?:\d+G|0m)/g, '')).not.toMatch(/[\x1B\u202E]/);
    }
  });

  test('keeps its columns apart beside wide, joined and turned-round characters', async () => {
    for (const persona of ['', 'j', 'jj', 'jjj']) {
      const player = new Player(workspace).press(persona);
      const lines = await screenOf(player);
      const { personas, body } = layoutOf(player.size);
      for (const line of lines.slice(2, 2 + body)) expect(line.cells[personas]).toBe('│');
    }
  });

  test('is told without colours and weights too: the marked row has a sign', async () => {
    const [, , first] = await screenOf(new Player(workspace));
    expect(first?.text).toMatch(/^▌ /);
  });
});

describe('the keys', () => {
  test('lead to a message, open it whole, and back', async () => {
    const player = new Player(workspace).press('jj\tG');
    expect(textOf(await screenOf(player))).toContain('One long line, word');
    player.press('\r');
    expect(textOf(await screenOf(player))).toMatch(/lines 1 to 19 of \d+; Esc closes/);
    player.press('\x1B[B\x1B[B');
    expect(textOf(await screenOf(player))).toMatch(/lines 3 to 21 of/);
    player.press('G');
    expect(player.stage.reader?.top).toBeGreaterThan(2);
    player.pressKey({ kind: 'key', name: 'escape' });
    expect(player.stage.reader).toBeNull();
  });

  test('never rest on a divider, and the dividers above the first message are in sight', async () => {
    const player = new Player(workspace).press('\tgg');
    expect((await screenOf(player))[5]?.text).toMatch(/│▌ \d\d:\d\d You +I use tabs\./);
    expect((await screenOf(player))[3]?.text).toContain('2026');
    player.press('kkkk');
    expect((await screenOf(player))[5]?.text).toMatch(/│▌ /);
  });

  test('ask for changes of the marked item, and only there', () => {
    const player = new Player(workspace).press('cxu').press('gm').press('c');
    const id = workspace.memory().items[0]?.id;
    expect(player.deeds).toEqual([{ kind: 'change', action: { kind: 'confirm', id } }]);
    player.press('e\x15new words\r').press('u');
    expect(player.deeds.slice(1)).toEqual([
      { kind: 'change', action: { kind: 'correct', id, name: 'new words' } },
      { kind: 'undo' },
    ]);
  });

  test('while something is typed are letters, and a paste is one line', async () => {
    const player = new Player(workspace).press('/qjk\x7F\x7F\x7F').press('\x1B[200~use\ntabs\x1B[201~');
    expect(player.stage.search.text).toBe('use tabs');
    expect(player.deeds).toEqual([]);
    expect(textOf(await screenOf(player))).toMatch(/Search \(\d+\): use tabs/);
  });

  test('lead from a message that was found to its place in the conversation', async () => {
    const player = new Player(workspace).press('/العربية\r');
    while (textOf(await screenOf(player)).match(/▌ .* you /) === null) player.press('j');
    player.press('\r');
    expect(player.stage).toMatchObject({ screen: 'personas', focus: 'timeline' });
    expect(textOf(await screenOf(player))).toMatch(/▌ \d\d:\d\d You +مرحبا/);
  });

  test('say where nothing is what would be there', async () => {
    const empty = await openWorkspace({
      store: new MemoryStore(),
      loadSqlJs: () => Promise.resolve(SQL),
      now: () => NOW,
      newDeviceId: () => 'device',
      timeZone: 'UTC',
    });
    expect(textOf(await screenOf(new Player(empty).press('jk\t\r')))).toContain('To begin, press g i');
    expect(textOf(await screenOf(new Player(empty).press('gmcxj\r')))).toContain('dramatis extract');
    expect(textOf(await screenOf(new Player(empty).press('gt')))).toContain('No sources yet');
    expect(new Player(empty).press('gmcx').deeds).toEqual([]);
  });
});

test('what hinders and what happened is said in the foot', async () => {
  const player = new Player(workspace);
  const readOnly = { ...QUIET, readOnly: 'Another command (process 12)' };
  expect(textOf(await seen(draw(player.scene(readOnly)), player.size))).toContain(
    'read-only: Another command (process 12)',
  );
  const notice = { ...readOnly, notice: 'Imported: nothing new' };
  expect(textOf(await seen(draw(player.scene(notice)), player.size))).toContain('Imported: nothing new');
});

test('a conversation of 100,000 messages costs a screen, wherever its reader is', () => {
  const library = { ...counting(workspace) };
  const long = longLibrary(library);
  const player = new Player(long.library, 80, 24);
  const screen = layoutOf(player.size).list;
  const costOf = (keys: string) => {
    long.given = 0;
    player.press(keys);
    draw(player.scene());
    return long.given;
  };
  expect(costOf('\t')).toBeLessThanOrEqual(screen + 5);
  for (const key of ['k', 'gg', 'j', '\x1B[6~', 'G', '\x1B[5~', '\r'])
    expect(costOf(key)).toBeLessThanOrEqual(screen + 12);
});

test('memory gives the rows in sight, not all of it', () => {
  const library = counting(workspace);
  const player = new Player(library, 80, 12).press('gm');
  draw(player.scene());
  expect(workspace.memory().total).toBeGreaterThan(0);
  expect(library.rowsGiven).toBeLessThanOrEqual(layoutOf(player.size).list);
});

/** The library with a conversation that no state has room for. */
function longLibrary(library: Library) {
  const total = 100_000;
  const rowAt = (at: number): TimelineRow => {
    const key = `r${at}`;
    const time = NOW - DAY_MS + at;
    if (at % 50 === 0) return { kind: 'day', key, time };
    const said = { sessionId: 's', role: 'user', text: `Message ${at}`, clippedFrom: null } as const;
    return { kind: 'message', key, id: key, time, ...said, flags: NO_FLAGS, injected: false, alsoIn: [] };
  };
  const long = {
    given: 0,
    library: {
      ...library,
      timeline(id: string, offset: number, limit: number) {
        const persona = library.timeline(id, 0, 0)?.persona;
        if (persona === undefined) return null;
        const end = Math.min(total, offset + limit);
        const rows = Array.from({ length: Math.max(0, end - offset) }, (_, at) => rowAt(offset + at));
        long.given += rows.length;
        return { persona, total, offset, rows };
      },
    },
  };
  return long;
}

function textOf(lines: readonly { readonly text: string }[]): string {
  return lines.map(({ text }) => text).join('\n');
}
