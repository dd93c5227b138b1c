/** One input: a world, a few of its files damaged, everything looked at. The same format and seed are the same input. */
import type { SqlJsStatic } from 'sql.js';
import type { SourceEntry } from '../../src/core/sources/byte-source.ts';
import { SeededRandom } from '../../src/core/sources/opencode-db/fixture-random.ts';
import { FixtureFolder } from '../../src/core/sources/opencode-shared/fixture-folder.ts';
import { nodeEntries } from '../../src/platform/node/node-entries.ts';
import { CorpusWorld, hasCorpus } from './corpus-world.ts';
import { damagedRows } from './damaged-rows.ts';
import { onDisk } from './disk-world.ts';
import { mutate } from './mutate.ts';
import type { Shown } from './outcome.ts';
import { Broken, importAndCheck, lookAtEverything, openFresh } from './outcome.ts';
import type { Files, World } from './worlds.ts';
import { makeWorlds } from './worlds.ts';

/** Names that could be taken for something else. */
const ODD_NAMES = [
  '__proto__',
  'constructor.json',
  'CON.json',
  'opencode.db ',
  'OPENCODE.DB',
  'Opencode.db-wal',
  'storage/SESSION/x.json',
  'storage/session/__proto__/__proto__.json',
  'projects/-src/agent-.jsonl',
  '.claude/projects/x/.jsonl',
  'a\\b\\c.json',
  'é\u0301.json',
];

const ON_DISK = 'folders of this machine';
const CORPUS = 'stores of genuine programs';

/** Formats that read files of this machine. */
export const ON_FILES: ReadonlySet<string> = new Set([ON_DISK, CORPUS]);

export class Fuzzer {
  readonly #SQL: SqlJsStatic;
  readonly #worlds: ReadonlyMap<string, World>;
  readonly #truths = new Map<string, Shown>();
  #corpus: CorpusWorld | null = null;

  constructor(SQL: SqlJsStatic) {
    this.#SQL = SQL;
    this.#worlds = new Map(makeWorlds(SQL).map((world) => [world.name, world]));
  }

  get formats(): readonly string[] {
    return [...this.#worlds.keys(), ON_DISK, ...(hasCorpus ? [CORPUS] : [])];
  }

  /** Throws when something does not hold; says what was done to which file. */
  async run(format: string, seed: string): Promise<void> {
    const random = new SeededRandom(`${format} ${seed}`);
    const world = this.#worldOf(format, random);
    const change = this.#change(world, random);
    const { changed, spared } = change;
    try {
      if (format === ON_DISK) return await this.#runOnDisk(change.files, random);
      const shown = await this.#importTwice(folderOf(change.files), random);
      if (shown !== null && spared !== null) checkSpared(await this.#truth(world), shown, spared);
    } catch (error) {
      throw new Error([...changed].map(([path, how]) => `${path} (${how})`).join(', '), { cause: error });
    }
  }

  #worldOf(format: string, random: SeededRandom): World {
    if (format === CORPUS) {
      this.#corpus ??= new CorpusWorld();
      const files = this.#corpus.files(random);
      return { name: CORPUS, files, touches: (path, id) => speaksOf(path, files, id) };
    }
    const name = format === ON_DISK ? random.pick([...this.#worlds.keys()]) : format;
    const world = this.#worlds.get(name);
    if (world === undefined) throw new Error(`there is no format ${format}`);
    return world;
  }

  async #runOnDisk(files: Files, random: SeededRandom): Promise<void> {
    await onDisk(files, random, async (folder) => {
      const workspace = await openFresh(this.#SQL);
      await importAndCheck(workspace, await nodeEntries([folder]));
      const shown = await lookAtEverything(workspace);
      const again = await importAndCheck(workspace, await nodeEntries([folder]));
      if (again.ok && !again.receipt.unchanged) throw new Broken('an unchanged folder is new or updated');
      for (const id of [...shown.keys()].slice(0, 1)) await checkTranscript(workspace, id, await nodeEntries([folder]));
    });
  }

  /** @returns what is shown, or null when nothing could be read */
  async #importTwice(folder: FixtureFolder, random: SeededRandom): Promise<Shown | null> {
    const workspace = await openFresh(this.#SQL);
    const entries = random.chance(0.8) ? [folder] : asFiles(folder);
    const first = await importAndCheck(workspace, entries);
    const shown = await lookAtEverything(workspace);
    const again = await importAndCheck(workspace, entries);
    if (first.ok !== again.ok) throw new Broken('the second import is another than the first');
    if (again.ok && !again.receipt.unchanged) throw new Broken('an unchanged source is new or updated');
    const after = await lookAtEverything(workspace);
    if (JSON.stringify([...after]) !== JSON.stringify([...shown]))
      throw new Broken('the second import changed something');
    const [id] = shown.keys();
    if (id !== undefined) await checkTranscript(workspace, id, entries);
    return first.ok ? shown : null;
  }

  async #truth(world: World): Promise<Shown> {
    const known = this.#truths.get(world.name);
    if (known !== undefined && world.name !== CORPUS) return known;
    const workspace = await openFresh(this.#SQL);
    await importAndCheck(workspace, [folderOf(world.files)]);
    const truth = await lookAtEverything(workspace);
    if (truth.size === 0) throw new Error(`${world.name} has no sessions`);
    this.#truths.set(world.name, truth);
    return truth;
  }

  #change(world: World, random: SeededRandom): Changed {
    if (world.name === 'opencode-db' && random.chance(0.4)) {
      const { bytes, session, how } = damagedRows(this.#SQL, random);
      const files = new Map(world.files).set('opencode.db', bytes);
      return { files, changed: new Map([['opencode.db', how]]), spared: (id) => id !== session };
    }
    const files = new Map(world.files);
    const changed = new Map<string, string>();
    for (let left = random.int(1, 3); left > 0; left--) {
      const path = random.pick([...world.files.keys()]);
      const { bytes, name } = mutate(files.get(path) ?? new Uint8Array(0), random);
      files.set(path, bytes);
      changed.set(path, `${changed.get(path) ?? ''} ${name}`.trim());
    }
    const isNamedOddly = random.chance(0.2);
    if (isNamedOddly) addOddly(files, changed, random);
    const takesIds = borrowsIds(world.files, files, changed);
    const spared = (id: string): boolean => ![...changed.keys()].some((path) => world.touches(path, id));
    return { files, changed, spared: isNamedOddly || takesIds ? null : spared };
  }
}

interface Changed {
  readonly files: Files;
  readonly changed: ReadonlyMap<string, string>;
  /** Sessions that must be as they were; null when the damage may be taken for another session. */
  readonly spared: ((sessionId: string) => boolean) | null;
}

function folderOf(files: Files): FixtureFolder {
  const folder = new FixtureFolder('chosen');
  for (const [path, bytes] of files) folder.write(path, bytes);
  return folder;
}

/** As when the files are chosen and not their folder: they may have the same names then. */
function asFiles(folder: FixtureFolder): SourceEntry[] {
  return folder
    .all()
    .map(([, file]) => ({ name: file.name, path: file.name, folderSeen: false, open: () => file.open() }));
}

function addOddly(files: Map<string, Uint8Array>, changed: Map<string, string>, random: SeededRandom): void {
  const paths = [...files.keys()];
  const bytes = files.get(random.pick(paths)) ?? new Uint8Array(0);
  const path = random.chance(0.5) ? random.pick(ODD_NAMES) : random.pick(paths).toUpperCase();
  if (paths.some((known) => known === path || known.startsWith(`${path}/`) || path.startsWith(`${known}/`))) return;
  files.set(path, bytes);
  changed.set(path, 'a copy under an odd name');
}

/** Whether damage made one file speak of a session of another. */
function borrowsIds(before: Files, after: Files, changed: ReadonlyMap<string, string>): boolean {
  const ids = (bytes: Uint8Array | undefined): Set<string> =>
    new Set(new TextDecoder().decode(bytes).match(/(?:ses|msg|prt)_\w+|[0-9]{8}-0000-4000-8000-[0-9]{12}/g));
  return [...changed.keys()].some((path) => {
    const known = ids(before.get(path));
    return [...ids(after.get(path))].some((id) => !known.has(id));
  });
}

/** Sub-agents are named without what their files begin with, and sidechains after the session they stand in. */
function speaksOf(path: string, files: Files, sessionId: string): boolean {
  const id = (sessionId.split(':')[0] ?? '').replace(/^agent-/, '');
  return path.includes(id) || new TextDecoder().decode(files.get(path)).includes(id);
}

function checkSpared(truth: Shown, shown: Shown, spared: (sessionId: string) => boolean): void {
  for (const [id, whole] of truth) {
    if (!spared(id) || shown.get(id) === whole) continue;
    throw new Broken(`session ${id} is not as it was:\n${whole}\n${shown.get(id) ?? 'it is missing'}`);
  }
}

async function checkTranscript(
  workspace: Awaited<ReturnType<typeof openFresh>>,
  id: string,
  entries: readonly SourceEntry[],
): Promise<void> {
  const outcome = await workspace.transcript(id, entries);
  if (!outcome.ok && outcome.problem.code === 'internal') throw new Broken(outcome.problem.message);
}
