import { expose } from 'comlink';
import type { SourceFile, SourceFolder } from '../../src/core/sources/byte-source.ts';
import { isFolder } from '../../src/core/sources/byte-source.ts';
import { warmUpOpencodeDb } from '../../src/core/sources/opencode-db/warm-up.ts';
import { browserFile, type PickedFile } from '../../src/platform/browser/browser-file.ts';
import { openIdbStore } from '../../src/platform/browser/idb-store.ts';
import { loadSqlJs } from '../../src/platform/browser/load-sql-js.ts';
import { sourceEntry } from '../../src/platform/browser/source-entries.ts';
import type { ToldPath } from '../../src/platform/browser/told.ts';
import { WatchedFolder } from '../../src/platform/browser/watched-folder.ts';
import type { HistorySize } from '../activity/history.ts';
import { writeHistory } from '../activity/history.ts';
import type { ActivityMeasured } from '../activity/measure.ts';
import { measureActivity } from '../activity/measure.ts';
import {
  ImportBench,
  type ImportMeasured,
  type Measured,
  readEverything,
  readJsonFolder,
  RowsBench,
} from '../measure.ts';
import type { Keystrokes } from '../search/keystrokes.ts';
import { lookAtEveryFile } from './look-at-every-file.ts';
import { readEveryFile } from './read-every-file.ts';

const STORE = 'dramatis-bench';
/** Fixtures were written a moment ago; transcripts mostly were not. */
const LATER_MS = 30 * 86_400_000;

/** The worker's side: the engine over picked files, as in the app's worker. */
export class WorkerBench {
  private rows: RowsBench | null = null;
  private imports: ImportBench | null = null;
  private readonly watched = new WatchedFolder();

  /** Answers when the engine has run for a while, as in the app when a person has found their file. */
  async ready(): Promise<void> {
    await warmUpOpencodeDb({ loadSqlJs }, new AbortController().signal);
  }

  list(files: readonly PickedFile[]): Promise<Measured> {
    this.rows = new RowsBench(pair(files), loadSqlJs);
    return this.rows.list();
  }

  recent(since: number): Promise<Measured> {
    return opened(this.rows).recent(since);
  }

  all(): Promise<Measured> {
    return opened(this.rows).all();
  }

  bytes(files: readonly PickedFile[]): Promise<Measured> {
    return readEverything(pair(files)[0]);
  }

  async open(files: readonly PickedFile[], now: number): Promise<void> {
    this.imports = await ImportBench.open(pair(files), await openIdbStore(STORE), loadSqlJs, now);
  }

  readFolder(folder: FileSystemDirectoryHandle): Promise<Measured> {
    return readJsonFolder(sourceFolder(folder));
  }

  readFiles(folder: FileSystemDirectoryHandle): Promise<Measured> {
    return readEveryFile(folder);
  }

  lookAtFiles(folder: FileSystemDirectoryHandle): Promise<Measured> {
    return lookAtEveryFile(folder);
  }

  async openFolder(folder: FileSystemDirectoryHandle, now: number): Promise<void> {
    this.imports = await ImportBench.open([sourceFolder(folder)], await openIdbStore(STORE), loadSqlJs, now);
  }

  /** As the app does with a folder it watches. @param told null: anything may have changed */
  importWatched(folder: FileSystemDirectoryHandle, told: readonly ToldPath[] | null): Promise<ImportMeasured> {
    const watched = this.watched.look(sourceFolder(folder), told, Date.now() + LATER_MS);
    return opened(this.imports).import([watched]);
  }

  async search(files: readonly PickedFile[], now: number): Promise<Keystrokes> {
    const { measureKeystrokes } = await import('../search/keystrokes.ts');
    return measureKeystrokes(pair(files), loadSqlJs, now);
  }

  async activity(size: HistorySize): Promise<ActivityMeasured> {
    const store = await openIdbStore(STORE);
    await writeHistory(store, size);
    return measureActivity(store);
  }

  import(): Promise<ImportMeasured> {
    return opened(this.imports).import();
  }
}

function pair(picked: readonly PickedFile[]): readonly [SourceFile, SourceFile] {
  const db = picked.find(({ file }) => file.name.endsWith('.db'));
  const wal = picked.find(({ file }) => file.name.endsWith('-wal'));
  if (!db || !wal) throw new Error('choose a database and its -wal');
  return [browserFile(db), browserFile(wal)];
}

function sourceFolder(handle: FileSystemDirectoryHandle): SourceFolder {
  const entry = sourceEntry({ kind: 'handle', handle });
  if (!isFolder(entry)) throw new Error('choose a folder');
  return entry;
}

function opened<T>(bench: T | null): T {
  if (bench === null) throw new Error('open first');
  return bench;
}

expose(new WorkerBench());
