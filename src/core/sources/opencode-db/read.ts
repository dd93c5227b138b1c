/**
 * OpenCode's database as a source, tables of 1.2 to 2. SQLite answers what goes by an index and is small; messages are read
 * by our own scan of the pages, see ../sqlite/scan.ts. What is claimed of the format is in EVIDENCE.md.
 */
import type { Problem } from '../../model/problem.ts';
import { problem, ProblemError } from '../../model/problem.ts';
import type { SourceFile } from '../byte-source.ts';
import { SourceChanged } from '../byte-source.ts';
import type { FoundSource, MessageHead, Reading, SessionHead, Source, SourceMessage, TextPiece } from '../source.ts';
import { readMark } from './mark.ts';
import { readMarks } from './marks.ts';
import { peekFiles } from './open-files.ts';
import { ProblemLog } from '../problem-log.ts';
import { readMessages } from './read-messages.ts';
import type { SessionReader } from '../session-reader.ts';
import { openSession } from './session-reader.ts';
import { listSessions, revertedFrom } from './sessions.ts';
import type { OpencodePorts, Store } from './store.ts';
import { openStore } from './store.ts';
import { toTranscript } from './transcript.ts';

const MAX_STARTS = 4;

/** A database among the chosen files, with the `-wal` beside it. */
export function foundOpencodeDb(db: SourceFile, wal: SourceFile | null, ports: OpencodePorts): FoundSource {
  return {
    store: storeName(db),
    path: db.path,
    peek: () => peekFiles(db, wal),
    open: () => openOpencodeDb(db, wal, ports),
  };
}

function storeName(db: SourceFile): string {
  return `opencode:${db.path}`;
}

/**
 * Opens an OpenCode database, of any size, with the `-wal` beside it.
 *
 * @throws ProblemError saying what the file is and what to do, when it can't be read
 */
export async function openOpencodeDb(db: SourceFile, wal: SourceFile | null, ports: OpencodePorts): Promise<Source> {
  const open = (): Promise<Store> => openStore(db, wal, ports);
  for (let start = 1; ; start++) {
    try {
      return new OpencodeDb(db, open, await open());
    } catch (error) {
      if (!(error instanceof SourceChanged)) throw error;
      if (start === MAX_STARTS) throw stillChanging(db);
    }
  }
}

class OpencodeDb implements Source {
  readonly kind = 'opencode-db';
  readonly tool = 'opencode';
  readonly store: string;
  readonly path: string;
  readonly #db: SourceFile;
  readonly #open: () => Promise<Store>;
  /** Null when closed: what it holds in memory is free then, whoever still asks what was read. */
  #opened: Store | null;
  #facts: Facts;
  /** Bytes read by openings that ended. */
  #bytesBefore = 0;

  constructor(db: SourceFile, open: () => Promise<Store>, store: Store) {
    this.#db = db;
    this.#open = open;
    this.#opened = store;
    this.#facts = factsOf(store);
    this.path = db.path;
    this.store = storeName(db);
  }

  get sizeBytes(): number {
    return this.#facts.sizeBytes;
  }

  get bytesRead(): number {
    return this.#bytesBefore + (this.#opened?.files.bytesRead() ?? 0);
  }

  get fingerprint(): string {
    return this.#facts.fingerprint;
  }

  get problems(): readonly Problem[] {
    return this.#facts.problems;
  }

  sessions(signal: AbortSignal): Promise<{ heads: SessionHead[]; problems: Problem[] }> {
    return this.#steadily(() => listSessions(this.#current, this.path, signal));
  }

  read(wanted: ReadonlySet<string> | 'all', reading: Reading, signal: AbortSignal): Promise<void> {
    return this.#steadily(
      async () => {
        const log = new ProblemLog(this.path, (found) => reading.problem(found));
        const options = { sessions: wanted, log, signal, progress: reading.progress.bind(reading) };
        await readMessages(this.#current, reading, options);
        log.finish();
      },
      () => reading.restart(),
    );
  }

  mark(sessionId: string, messageIds: readonly string[]): Promise<string> {
    return this.#steadily(() => readMark(this.#current, sessionId, messageIds));
  }

  marks(watched: ReadonlyMap<string, readonly string[]>): Promise<ReadonlyMap<string, string>> {
    return this.#steadily(() => readMarks(this.#current, watched));
  }

  messages(sessionId: string, signal: AbortSignal): Promise<{ messages: SourceMessage[]; problems: Problem[] }> {
    return this.#steadily(async () => {
      const problems: Problem[] = [];
      const heads: MessageHead[] = [];
      const pieces: TextPiece[] = [];
      const log = new ProblemLog(this.path, (found) => problems.push(found));
      const listener = {
        message: (head: MessageHead) => void heads.push(head),
        text: (piece: TextPiece) => void pieces.push(piece),
        toolCall: () => undefined,
      };
      await readMessages(this.#current, listener, { sessions: new Set([sessionId]), log, signal });
      log.finish();
      const reverted = await revertedFrom(this.#current, sessionId, signal);
      return { messages: toTranscript(heads, pieces, reverted), problems };
    });
  }

  transcript(sessionId: string, signal: AbortSignal): Promise<SessionReader | null> {
    return openSession(sessionId, this.path, (task) => this.#steadily(() => task(this.#current)), signal);
  }

  close(): void {
    this.#bytesBefore = this.bytesRead;
    if (this.#opened !== null) closeStore(this.#opened);
    this.#opened = null;
  }

  get #current(): Store {
    if (this.#opened === null) throw new Error(`${this.path} is closed`);
    return this.#opened;
  }

  /** Does it on one state of the files: when they change meanwhile, opens them again and starts over. */
  async #steadily<T>(task: () => Promise<T>, restart?: () => void): Promise<T> {
    for (let start = 1; ; start++) {
      try {
        return await task();
      } catch (error) {
        if (!(error instanceof SourceChanged)) throw error;
        if (start === MAX_STARTS) throw stillChanging(this.#db);
      }
      restart?.();
      await this.#reopen();
    }
  }

  async #reopen(): Promise<void> {
    this.close();
    for (let start = 1; ; start++) {
      try {
        this.#opened = await this.#open();
        this.#facts = factsOf(this.#opened);
        return;
      } catch (error) {
        if (!(error instanceof SourceChanged) || start === MAX_STARTS) throw error;
      }
    }
  }
}

type Facts = Pick<Store['files'], 'sizeBytes' | 'fingerprint'> & Pick<Store, 'problems'>;

function factsOf({ files, problems }: Store): Facts {
  return { sizeBytes: files.sizeBytes, fingerprint: files.fingerprint, problems };
}

function closeStore(store: Store): void {
  store.engine.close();
  store.files.close();
}

function stillChanging(db: SourceFile): ProblemError {
  const text = `${db.name} kept changing while it was read. Wait until OpenCode is idle, or close it, and try again.`;
  return new ProblemError(problem('file-changed', 'error', db.path, text));
}
