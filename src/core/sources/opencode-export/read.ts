/**
 * A file that `opencode export` wrote, as a source of one session: `{info, messages: [{info, parts}]}`. What is claimed of the
 * format is in EVIDENCE.md.
 */
import type { Problem, ProblemCode } from '../../model/problem.ts';
import { problem, ProblemError } from '../../model/problem.ts';
import type { SourceFile } from '../byte-source.ts';
import { SourceChanged } from '../byte-source.ts';
import { ProblemLog } from '../problem-log.ts';
import { toTranscript } from '../opencode-db/transcript.ts';
import type { MessageHead, Reading, SessionHead, Source, SourceMessage, TextPiece } from '../source.ts';
import type { Detected } from './detect.ts';
import { detectExport } from './detect.ts';
import type { OpenExport } from './pass.ts';
import { firstFolder, readExport } from './pass.ts';
import type { SessionReader } from '../session-reader.ts';
import { ExportedSession } from './session-reader.ts';

const MAX_STARTS = 4;

/**
 * Opens a file that `opencode export` wrote. Reads its beginning only.
 *
 * @throws ProblemError saying what the file is instead, and what to do
 */
export async function openOpencodeExport(file: SourceFile): Promise<Source> {
  for (let start = 1; ; start++) {
    try {
      return new OpencodeExport(file, await openExport(file));
    } catch (error) {
      if (!(error instanceof SourceChanged)) throw error;
      if (start === MAX_STARTS) throw stillChanging(file);
    }
  }
}

class OpencodeExport implements Source {
  readonly kind = 'opencode-export';
  readonly tool = 'opencode';
  readonly store: string;
  readonly path: string;
  readonly #file: SourceFile;
  #current: OpenExport;
  /** Bytes read by openings that a change of the file ended. */
  #bytesBefore = 0;

  constructor(file: SourceFile, opened: OpenExport) {
    this.#file = file;
    this.#current = opened;
    this.path = file.path;
    this.store = `opencode:${file.path}`;
  }

  get sizeBytes(): number {
    return this.#current.source.size;
  }

  get bytesRead(): number {
    return this.#bytesBefore + this.#current.source.bytesRead;
  }

  get fingerprint(): string {
    return this.#current.head.version ?? '';
  }

  get problems(): readonly Problem[] {
    return [];
  }

  async sessions(signal: AbortSignal): Promise<{ heads: SessionHead[]; problems: Problem[] }> {
    signal.throwIfAborted();
    const { head, timesKnown } = this.#current;
    const text = `Session ${head.id} has a time that can't be. It is listed without it.`;
    const problems = timesKnown ? [] : [problem('bad-json', 'warning', this.path, text, { row: head.id })];
    return Promise.resolve({ heads: [head], problems });
  }

  async read(wanted: ReadonlySet<string> | 'all', reading: Reading, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await this.#steadily(
      async () => {
        const { head } = this.#current;
        if (wanted !== 'all' && !wanted.has(head.id)) return;
        const folder = head.directory === '' ? await firstFolder(this.#current, signal) : null;
        if (folder !== null) reading.session?.({ ...head, directory: folder });
        const log = new ProblemLog(this.path, (found) => reading.problem(found));
        await readExport(this.#current, this.path, log, signal, (message, done) => {
          reading.message(message.head);
          for (const text of message.texts) reading.text(text);
          for (const call of message.toolCalls) reading.toolCall(call);
          reading.progress({ done, total: this.sizeBytes });
        });
        log.finish();
        reading.progress({ done: this.sizeBytes, total: this.sizeBytes });
      },
      () => reading.restart(),
    );
  }

  /** The file is one, so any change of it may be a change of these messages. */
  async mark(): Promise<string> {
    try {
      const source = await this.#file.open();
      source.close();
      return `${source.size}:${source.modified}`;
    } catch (error) {
      if (error instanceof ProblemError || error instanceof SourceChanged) return 'gone';
      throw error;
    }
  }

  messages(sessionId: string, signal: AbortSignal): Promise<{ messages: SourceMessage[]; problems: Problem[] }> {
    return this.#steadily(async () => {
      signal.throwIfAborted();
      const problems: Problem[] = [];
      const heads: MessageHead[] = [];
      const pieces: TextPiece[] = [];
      const { head } = this.#current;
      if (sessionId !== head.id) return { messages: [], problems };
      const log = new ProblemLog(this.path, (found) => problems.push(found));
      await readExport(this.#current, this.path, log, signal, (message) => {
        heads.push(message.head);
        pieces.push(...message.texts);
      });
      log.finish();
      return { messages: toTranscript(heads, pieces, head.revertedFrom), problems };
    });
  }

  async transcript(sessionId: string, signal: AbortSignal): Promise<SessionReader | null> {
    signal.throwIfAborted();
    if (sessionId !== this.#current.head.id) return null;
    return Promise.resolve(new ExportedSession(this.path, (task) => this.#steadily(() => task(this.#current))));
  }

  close(): void {
    this.#current.source.close();
  }

  /** Does it on one state of the file: when that changes meanwhile, opens it again and starts over. */
  async #steadily<T>(task: () => Promise<T>, restart?: () => void): Promise<T> {
    for (let start = 1; ; start++) {
      try {
        if (start > 1) await this.#reopen();
        return await task();
      } catch (error) {
        if (!(error instanceof SourceChanged)) throw error;
        if (start === MAX_STARTS) throw stillChanging(this.#file);
      }
      restart?.();
    }
  }

  async #reopen(): Promise<void> {
    this.#bytesBefore = this.bytesRead;
    this.#current.source.close();
    this.#current = await openExport(this.#file);
  }
}

async function openExport(file: SourceFile): Promise<OpenExport> {
  const source = await file.open();
  try {
    const detected = await detectExport(source);
    if (detected.kind !== 'export') throw refusal(file, detected.kind);
    const { head, timesKnown } = detected;
    return { source, timesKnown, head: { ...head, version: `${source.size}:${source.modified}` } };
  } catch (error) {
    source.close();
    throw error;
  }
}

function refusal(file: SourceFile, kind: Exclude<Detected['kind'], 'export'>): ProblemError {
  if (kind === 'empty') return refuse(file, 'empty-file', `${file.name} is empty. Export the session again.`);
  if (kind === 'cut') {
    return refuse(file, 'truncated', `${file.name} is cut off before its first message. Export the session again.`);
  }
  const text = `${file.name} is no session that OpenCode exported. "opencode export" writes one, with info and messages.`;
  return refuse(file, 'unsupported-file', text);
}

function stillChanging(file: SourceFile): ProblemError {
  return refuse(file, 'file-changed', `${file.name} kept changing while it was read. Try again when it is whole.`);
}

function refuse(file: SourceFile, code: ProblemCode, message: string): ProblemError {
  return new ProblemError(problem(code, 'error', file.path, message));
}
