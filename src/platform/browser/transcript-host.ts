/** The worker's side of transcripts: keeps sessions open as long as a screen shows them. */
import type { Problem } from '../../core/model/problem.ts';
import { ProblemError, problem } from '../../core/model/problem.ts';
import type { TranscriptMessage } from '../../core/model/transcript.ts';
import type { ExportOptions } from '../../core/transcript/export/export-transcript.ts';
import { EXPORT_TYPES } from '../../core/transcript/export/export-transcript.ts';
import type { OpenTranscript, PassOptions } from '../../core/transcript/open-transcript.ts';
import type { OpenSpace } from './open-space.ts';
import type { PickedEntry } from './picked.ts';
import { Passes } from './passes.ts';
import { spaceEntries } from './space-entries.ts';
import type {
  FindEvent,
  MessagePage,
  OpenedTranscript,
  RedactionEvent,
  TranscriptApi,
  TranscriptPass,
} from './transcript-api.ts';

/** What fills the highest screen, and a little more. */
const NEWEST = 30;
const EVENT_EVERY_MS = 100;
/** Pieces of an export are joined to so many characters. */
const PIECE = 1_000_000;

interface Opened {
  readonly transcript: OpenTranscript;
  /** What goes through the whole session now. */
  readonly passes: Passes<TranscriptPass>;
}

export class TranscriptHost implements TranscriptApi {
  readonly #open: OpenSpace;
  readonly #opened = new Map<number, Opened>();
  #next = 1;

  constructor(open: OpenSpace) {
    this.#open = open;
  }

  async open(sessionId: string, entries: readonly PickedEntry[]): Promise<OpenedTranscript> {
    const outcome = await this.#open.workspace.transcripts.open(sessionId, await spaceEntries(this.#open, entries));
    if (!outcome.ok) return outcome;
    const { transcript } = outcome;
    try {
      const newest = await transcript.newest(NEWEST);
      const key = this.#next++;
      this.#opened.set(key, { transcript, passes: new Passes() });
      return { ok: true, key, session: transcript.session, path: transcript.path, newest };
    } catch (error) {
      transcript.close();
      if (error instanceof ProblemError) return { ok: false, problem: error.problem };
      throw error;
    }
  }

  async page(key: number, offset: number, limit: number): Promise<MessagePage> {
    const transcript = this.#transcript(key);
    const total = await transcript.count();
    const from = offset < 0 ? Math.max(0, total + offset) : offset;
    return { total, offset: from, rows: await transcript.messages(from, from + limit) };
  }

  placeOf(key: number, messageId: string): Promise<number | null> {
    return this.#transcript(key).placeOf(messageId);
  }

  message(key: number, at: number): Promise<TranscriptMessage | null> {
    return this.#transcript(key).message(at);
  }

  raw(key: number, at: number): Promise<string> {
    return this.#transcript(key).raw(at);
  }

  problems(key: number): readonly Problem[] {
    return this.#transcript(key).problems;
  }

  async find(key: number, query: string, onEvent: (event: FindEvent) => void): Promise<void> {
    const all = (options: PassOptions) => this.#transcript(key).find(query, options);
    await this.#pass(key, 'find', all, (hits, done, total) => onEvent({ hits, done, total }));
  }

  async redactions(key: number, onEvent: (event: RedactionEvent) => void): Promise<void> {
    const all = (options: PassOptions) => this.#transcript(key).redactions(options);
    await this.#pass(key, 'redactions', all, (places, done, total) => onEvent({ places, done, total }));
  }

  async export(
    key: number,
    how: ExportOptions,
    onProgress: (done: number, total: number) => void,
  ): Promise<Blob | null> {
    const pieces: Blob[] = [];
    let piece = '';
    const all = (options: PassOptions) => this.#transcript(key).export(how, options);
    const isWhole = await this.#pass(key, 'export', all, (news, done, total) => {
      onProgress(done, total);
      piece += news.join('');
      if (piece.length < PIECE) return;
      pieces.push(new Blob([piece]));
      piece = '';
    });
    return isWhole ? new Blob([...pieces, piece], { type: `${EXPORT_TYPES[how.format]};charset=utf-8` }) : null;
  }

  stop(key: number, pass: TranscriptPass): void {
    this.#opened.get(key)?.passes.stop(pass);
  }

  close(key: number): void {
    const opened = this.#opened.get(key);
    opened?.passes.stopAll();
    opened?.transcript.close();
    this.#opened.delete(key);
  }

  #transcript(key: number): OpenTranscript {
    const opened = this.#opened.get(key);
    if (opened !== undefined) return opened.transcript;
    throw new ProblemError(problem('nothing-found', 'error', '', 'This transcript was closed. Open it again.'));
  }

  /** Tells what a pass gives, some at a time. One that was stopped, or ended by another of its kind, tells no more and gives false. */
  async #pass<T>(
    key: number,
    kind: TranscriptPass,
    all: (options: PassOptions) => AsyncIterable<T>,
    tell: (news: readonly T[], done: number, total: number) => void,
  ): Promise<boolean> {
    const signal = this.#opened.get(key)?.passes.begin(kind);
    let news: T[] = [];
    let told = 0;
    let [done, total] = [0, 0];
    const flush = (): void => {
      if (signal?.aborted !== true) tell(news, done, total);
      news = [];
      told = performance.now();
    };
    const onProgress = (through: number, of: number): void => {
      [done, total] = [through, of];
      if (performance.now() - told > EVENT_EVERY_MS) flush();
    };
    try {
      for await (const one of all({ ...(signal === undefined ? {} : { signal }), onProgress })) news.push(one);
      flush();
    } catch (error) {
      if (signal?.aborted !== true) throw error;
    }
    return signal?.aborted !== true;
  }
}
