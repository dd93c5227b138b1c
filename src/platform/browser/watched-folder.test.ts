import { expect, test } from 'vitest';
import { isFolder, type SourceFolder } from '../../core/sources/byte-source.ts';
import { openClaudeProjects } from '../../core/sources/claude/read.ts';
import { FixtureDirectoryHandle } from './fixture-handles.ts';
import { sourceEntry } from './source-entries.ts';
import type { ToldPath } from './told.ts';
import { WatchedFolder } from './watched-folder.ts';

const NOW = 1_700_000_000_000;
const DAY = 86_400_000;
const OLD = NOW - 30 * DAY;
const NOTHING = { files: 0, lists: 0, folders: 0 };
const NO_SIGNAL = new AbortController().signal;

/** A watched folder and what each look of it sees: the sessions, with what tells that one changed. */
class Place {
  readonly handle = new FixtureDirectoryHandle('projects');
  readonly #watched: WatchedFolder;

  constructor(most?: number) {
    this.#watched = new WatchedFolder(most);
  }

  begin(told: readonly string[] | null, now = NOW): SourceFolder {
    const entry = sourceEntry({ kind: 'handle', handle: this.handle });
    if (!isFolder(entry)) throw new Error('a folder is chosen');
    return this.#watched.look(entry, told?.map((path): ToldPath => path.split('/')) ?? null, now);
  }

  /** @param told paths; null: anything may have changed */
  async look(told: readonly string[] | null, now = NOW) {
    return sessionsOf(this.begin(told, now));
  }

  /** The same, and what it asked of the handles. */
  async asked(told: readonly string[] | null, now = NOW) {
    Object.assign(this.handle.asked, NOTHING);
    await this.look(told, now);
    return { ...this.handle.asked };
  }
}

async function sessionsOf(folder: SourceFolder): Promise<Record<string, string | undefined>> {
  const { heads } = await (await openClaudeProjects(folder)).sessions(NO_SIGNAL);
  return Object.fromEntries(heads.map(({ id, version }) => [id, version]));
}

/** Ten projects of twenty sessions each, every other one with a sub-agent; all of them settled. */
function manyTranscripts(most?: number): Place {
  const place = new Place(most);
  for (let at = 0; at < 200; at++) {
    place.handle.write(`p${at % 10}/s${at}.jsonl`, 'x', OLD);
    if (at % 2 === 0) place.handle.write(`p${at % 10}/s${at}/subagents/agent-${at}.jsonl`, 'x', OLD);
  }
  return place;
}

test('nothing told: nothing is asked', async () => {
  const place = manyTranscripts();
  expect(await place.asked(null)).toEqual({ files: 300, lists: 111, folders: 100 });
  expect(await place.asked([])).toEqual(NOTHING);
  expect(Object.keys(await place.look([]))).toHaveLength(300);
});

test('one of two hundred grew: it is asked, and the folders that lead to it are listed', async () => {
  const place = manyTranscripts();
  await place.look(null);
  place.handle.write('p3/s3.jsonl', 'xy', OLD + 1);
  // no session there has a sub-agent to be asked for
  expect(await place.asked(['p3/s3.jsonl'])).toEqual({ files: 1, lists: 2, folders: 0 });
  expect(await place.look([])).toMatchObject({ s3: `2:${OLD + 1}`, s4: `1:${OLD}` });
});

test('what is young is asked each time, until it has settled', async () => {
  const place = manyTranscripts();
  for (let at = 0; at < 5; at++) place.handle.write(`p0/young${at}.jsonl`, 'x', NOW - DAY);
  await place.look(null);
  expect(await place.asked([])).toEqual({ ...NOTHING, files: 5 });
  place.handle.write('p0/young1.jsonl', 'xy', NOW);
  expect(await place.look([])).toMatchObject({ young1: `2:${NOW}` });
  expect(await place.asked([], NOW + 2 * DAY)).toEqual({ ...NOTHING, files: 5 });
  expect(await place.asked([], NOW + 2 * DAY)).toEqual({ ...NOTHING, files: 1 });
});

test('what is no transcript is asked each time, however old', async () => {
  const place = new Place();
  place.handle.write('opencode.db', 'x', OLD);
  const sizes = async (folder: SourceFolder) =>
    Promise.all((await folder.list()).files.map(async (file) => (await file.stat?.())?.size));
  expect(await sizes(place.begin(null))).toEqual([1]);
  place.handle.write('opencode.db', 'xy', OLD);
  expect(await sizes(place.begin([]))).toEqual([2]);
});

test('a session that appeared is seen, and one that disappeared is not any more', async () => {
  const place = manyTranscripts();
  await place.look(null);
  place.handle.write('p1/new.jsonl', 'x', OLD);
  place.handle.remove('p2/s2.jsonl');
  const seen = await place.look(['p1/new.jsonl', 'p2/s2.jsonl']);
  expect(seen).toHaveProperty('new');
  expect(seen).not.toHaveProperty('s2');
  expect(await place.asked([])).toEqual(NOTHING);
});

test('what came back under its name is asked anew', async () => {
  const place = manyTranscripts();
  await place.look(null);
  place.handle.remove('p1/s1.jsonl');
  await place.look(['p1/s1.jsonl']);
  place.handle.write('p1/s1.jsonl', 'quite another', OLD);
  expect(await place.look(['p1/s1.jsonl'])).toMatchObject({ s1: `13:${OLD}` });
});

test('a session that moved is where it is now', async () => {
  const place = manyTranscripts();
  await place.look(null);
  place.handle.remove('p1/s1.jsonl');
  place.handle.write('p2/moved.jsonl', 'x', OLD);
  const seen = await place.look(['p2/moved.jsonl', 'p1/s1.jsonl']);
  expect(seen).toHaveProperty('moved');
  expect(seen).not.toHaveProperty('s1');
});

test('a whole folder that came is seen with all that is in it, and goes whole', async () => {
  const place = manyTranscripts();
  await place.look(null);
  place.handle.write('p10/late.jsonl', 'x', OLD);
  place.handle.write('p10/late/subagents/agent-late.jsonl', 'x', OLD);
  expect(await place.look(['p10'])).toMatchObject({ late: `1:${OLD}`, 'agent-late': `1:${OLD}` });
  place.handle.remove('p10');
  expect(Object.keys(await place.look(['p10']))).toHaveLength(300);
  place.handle.write('p10/late.jsonl', 'other', OLD);
  expect(await place.look(['p10'])).toMatchObject({ late: `5:${OLD}` });
});

test('the first sub-agent of a session that had none is seen', async () => {
  const place = new Place();
  place.handle.write('p/s.jsonl', 'x', OLD);
  place.handle.write('p/s/tool-results/out.txt', 'x', OLD);
  await place.look(null);
  expect(await place.asked([])).toEqual(NOTHING);
  place.handle.write('p/s/subagents/agent-1.jsonl', 'x', OLD);
  expect(await place.look(['p/s/subagents'])).toHaveProperty('agent-1');
});

test('of a change below a folder nobody told of, the folder is seen too', async () => {
  const place = manyTranscripts();
  await place.look(null);
  place.handle.write('p10/s/subagents/agent-deep.jsonl', 'x', OLD);
  expect(await place.look(['p10/s/subagents/agent-deep.jsonl'])).toHaveProperty('agent-deep');
});

test('what changes during a look is looked at by the next one, also where an answer comes late', async () => {
  const place = manyTranscripts();
  await place.look(null);
  const file = place.handle.write('p1/s1.jsonl', 'xy', OLD);
  let answer = (): void => undefined;
  let reached = (): void => undefined;
  const isReached = new Promise<void>((resolve) => (reached = resolve));
  file.beforeFile = () => {
    reached();
    return new Promise<void>((resolve) => (answer = resolve));
  };
  const late = place.look(['p1/s1.jsonl']);
  await isReached;
  file.beforeFile = () => undefined;
  file.text = 'xyz';
  const next = place.begin(['p1/s1.jsonl']);
  answer();
  await late;
  expect(await sessionsOf(next)).toMatchObject({ s1: `3:${OLD}` });
  expect(await place.look([])).toMatchObject({ s1: `3:${OLD}` });
});

test('anything may have changed: everything is asked', async () => {
  const place = manyTranscripts();
  const first = await place.asked(null);
  place.handle.write('p1/s1.jsonl', 'xy', OLD);
  expect(await place.asked(null)).toEqual(first);
  expect(await place.look([])).toMatchObject({ s1: `2:${OLD}` });
});

test('a folder that could not be listed is asked again', async () => {
  const place = manyTranscripts();
  const project = place.handle.children.get('p1');
  if (!(project instanceof FixtureDirectoryHandle)) throw new Error('p1 is a folder');
  project.locked = true;
  expect(Object.keys(await place.look(null))).toHaveLength(280);
  project.locked = false;
  expect(Object.keys(await place.look([]))).toHaveLength(300);
});

test('more than may be held: nothing is, and everything is asked', async () => {
  const place = manyTranscripts(600);
  const first = await place.asked(null);
  expect(await place.asked([])).toEqual(first);
  expect(await place.asked(['p1/s1.jsonl'])).toEqual(first);
  expect(await manyTranscripts(10_000).asked(null)).toEqual(first);
});

test('what is held does not grow with the looks', async () => {
  const place = manyTranscripts(1_300);
  await place.look(null);
  for (let look = 0; look < 20; look++) await place.look(['p1/s1.jsonl']);
  expect(await place.asked([])).toEqual(NOTHING);
});
