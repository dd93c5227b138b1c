/** What is measured, the same in Node and in a worker: the core engine over files of the platform. */
import type { SqlJsStatic } from 'sql.js';
import type { SourceEntry, SourceFile, SourceFolder } from '../src/core/sources/byte-source.ts';
import { openOpencodeDb } from '../src/core/sources/opencode-db/read.ts';
import { openOpencodeJson } from '../src/core/sources/opencode-json/read.ts';
import type { SessionHead, Source } from '../src/core/sources/source.ts';
import type { GroupStore } from '../src/core/state/group-store.ts';
import { openWorkspace, type Workspace } from '../src/core/workspace.ts';

export interface Counts {
  readonly sessions: number;
  readonly messages: number;
  readonly texts: number;
  readonly chars: number;
  readonly toolCalls: number;
}

export interface Measured {
  readonly ms: number;
  /** Bytes read from the database and its `-wal` for this step alone. */
  readonly bytes: number;
  readonly counts: Counts;
}

export interface ImportMeasured extends Measured {
  /** Until the receipt was there, and not yet what a screen shows of it. */
  readonly receipt: number;
  readonly screen: Screen;
}

type LoadSqlJs = () => Promise<SqlJsStatic>;

const SLICE = 8 << 20;
const NOTHING = { sessions: 0, messages: 0, texts: 0, chars: 0, toolCalls: 0 };
const NO_SIGNAL = new AbortController().signal;

/** Reads one database the way an import does, without keeping anything. */
export class RowsBench {
  private source: Source | null = null;
  private heads: readonly SessionHead[] = [];
  private readonly files: readonly [SourceFile, SourceFile];
  private readonly loadSqlJs: LoadSqlJs;

  constructor(files: readonly [SourceFile, SourceFile], loadSqlJs: LoadSqlJs) {
    this.files = files;
    this.loadSqlJs = loadSqlJs;
  }

  /** From the files to the session list, sql.js and its opening included. */
  async list(): Promise<Measured> {
    const started = performance.now();
    const [db, wal] = this.files;
    this.source = await openOpencodeDb(db, wal, { loadSqlJs: this.loadSqlJs });
    this.heads = (await this.source.sessions(NO_SIGNAL)).heads;
    const counts = { ...NOTHING, sessions: this.heads.length };
    return { ms: performance.now() - started, bytes: this.source.bytesRead, counts };
  }

  /** All rows of the sessions updated since then. */
  recent(since: number): Promise<Measured> {
    return this.read(new Set(this.heads.filter((head) => head.timeUpdated >= since).map(({ id }) => id)));
  }

  all(): Promise<Measured> {
    return this.read('all');
  }

  close(): void {
    this.source?.close();
  }

  private async read(wanted: ReadonlySet<string> | 'all'): Promise<Measured> {
    if (!this.source) throw new Error('list first');
    return readRows(this.source, wanted, wanted === 'all' ? this.heads.length : wanted.size);
  }
}

/** Reads JSON folders the way an import does, from the folder to the last part, without keeping anything. */
export async function readJsonFolder(folder: SourceFolder): Promise<Measured> {
  const started = performance.now();
  const source = await openOpencodeJson(folder);
  const { heads } = await source.sessions(NO_SIGNAL);
  const { counts } = await readRows(source, 'all', heads.length);
  return { ms: performance.now() - started, bytes: source.bytesRead, counts };
}

async function readRows(source: Source, wanted: ReadonlySet<string> | 'all', sessions: number): Promise<Measured> {
  const before = source.bytesRead;
  const counts = { ...NOTHING, sessions };
  const started = performance.now();
  const reading = {
    message: () => void (counts.messages += 1),
    text: ({ text }: { readonly text: string }) => {
      counts.texts += 1;
      counts.chars += text.length;
    },
    toolCall: () => void (counts.toolCalls += 1),
    problem: ({ message }: { readonly message: string }) => {
      throw new Error(message);
    },
    progress: () => undefined,
    restart: () => {
      throw new Error('the fixture changed while it was read');
    },
  };
  await source.read(wanted, reading, NO_SIGNAL);
  return { ms: performance.now() - started, bytes: source.bytesRead - before, counts };
}

/** Every byte of a file, looked at by nobody: the least any reading of it could take here. */
export async function readEverything(file: SourceFile): Promise<Measured> {
  const started = performance.now();
  const source = await file.open();
  let next = source.read(0, SLICE);
  for (let at = SLICE; at < source.size; at += SLICE) {
    const following = source.read(at, SLICE);
    await next;
    next = following;
  }
  await next;
  source.close();
  return { ms: performance.now() - started, bytes: source.bytesRead, counts: NOTHING };
}

export interface Screen {
  readonly personas: readonly string[];
  readonly sessions: readonly string[];
  readonly timeline: readonly string[];
}

/** Imports into a workspace that is open already, as the app's is, and gives what a screen would show of it. */
export class ImportBench {
  private readonly workspace: Workspace;
  private readonly files: readonly SourceEntry[];

  private constructor(workspace: Workspace, files: readonly SourceEntry[]) {
    this.workspace = workspace;
    this.files = files;
  }

  static async open(
    files: readonly SourceEntry[],
    store: GroupStore,
    loadSqlJs: LoadSqlJs,
    now: number,
  ): Promise<ImportBench> {
    const ports = { store, loadSqlJs, now: () => now, newDeviceId: () => 'bench', timeZone: 'UTC' };
    return new ImportBench(await openWorkspace(ports), files);
  }

  /** @param files the same ones, in another way */
  async import(files = this.files): Promise<ImportMeasured> {
    const started = performance.now();
    const outcome = await this.workspace.import(files);
    const receipt = performance.now() - started;
    if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join(' '));
    const [source] = outcome.receipt.sources;
    const found = { sessions: source?.sessions.found ?? 0, messages: source?.messages.found ?? 0 };
    const counts = { ...NOTHING, ...found };
    const screen = this.screen();
    return { ms: performance.now() - started, bytes: source?.bytesRead ?? 0, counts, receipt, screen };
  }

  private screen(): Screen {
    const personas = this.workspace.personas();
    const largest = personas.toSorted((a, b) => b.messagesKept - a.messagesKept)[0];
    const timeline = largest ? this.workspace.timeline(largest.id, -60, 60) : null;
    return {
      personas: personas.map(({ id, messagesKept, messagesTotal }) => `${id}: ${messagesKept} of ${messagesTotal}`),
      sessions: this.workspace.sessions({ limit: 60 }).rows.map(({ summary }) => summary),
      timeline: (timeline?.rows ?? []).map((row) => (row.kind === 'message' ? row.text : row.key)),
    };
  }
}
