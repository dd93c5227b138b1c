/**
 * OpenCode's JSON folders of both eras as a source: `storage/{session,message,part}` of 0.6 to 1.1, and
 * `project/<slug>/storage/session/{info,message,part}` to 0.5. What is claimed of the format is in EVIDENCE.md.
 */
import type { Problem } from '../../model/problem.ts';
import { problem, ProblemError } from '../../model/problem.ts';
import type { SourceFolder } from '../byte-source.ts';
import { ProblemLog } from '../problem-log.ts';
import { toTranscript } from '../opencode-db/transcript.ts';
import type { MessageHead, Reading, SessionHead, Source, SourceMessage, SourcePeek, TextPiece } from '../source.ts';
import { findRoots } from './detect.ts';
import { FileAccess } from './file-access.ts';
import { FilePass } from './file-pass.ts';
import { Layout } from './layout.ts';
import { JsonSession } from './session-reader.ts';
import type { SessionReader } from '../session-reader.ts';
import { readMark } from './mark.ts';
import { FileProgress } from './progress.ts';
import type { OpenSession, ReadMessage } from './read-session.ts';
import { hasAllParts, openSession, partsOf, readMessage } from './read-session.ts';
import type { FoundSession, Scan } from './scan.ts';
import { readSession, scanSessions, scanStamps } from './scan.ts';

/** Sessions opened ahead of the one whose parts are being read. */
const SESSIONS_AHEAD = 4;
/** Messages whose parts are read at a time; those that are read wait for the ones before them. */
const MESSAGES_AHEAD = 48;

/**
 * Opens OpenCode's JSON folders, of both eras side by side when both are there. Reads the session files, for the
 * fingerprint, and no message.
 *
 * @param root the data folder `opencode`, its `storage` or `project`, or one old project
 * @throws ProblemError saying what is missing; the signal's reason
 */
export async function openOpencodeJson(root: SourceFolder, signal = new AbortController().signal): Promise<Source> {
  const { roots, problems } = await findRoots(root);
  if (roots.length === 0) throw problems[0] === undefined ? nothingFound(root) : asError(problems[0]);
  const source = new OpencodeJson(
    root,
    roots.map((found) => new Layout(found)),
    problems,
  );
  await source.scan(signal);
  return source;
}

/**
 * Looks whether anything was written, by names, sizes and times: reads no file.
 *
 * @throws ProblemError when the folder can't be listed
 */
export async function peekOpencodeJson(root: SourceFolder, signal = new AbortController().signal): Promise<SourcePeek> {
  const { roots } = await findRoots(root);
  const layouts = roots.map((found) => new Layout(found));
  const access = new FileAccess();
  const fingerprint = await scanStamps(layouts, new FilePass(access, () => undefined, signal));
  return { fingerprint, sizeBytes: access.bytesSeen, bytesRead: 0 };
}

class OpencodeJson implements Source {
  readonly kind = 'opencode-json';
  readonly tool = 'opencode';
  readonly store: string;
  readonly path: string;
  readonly problems: readonly Problem[];
  readonly #layouts: readonly Layout[];
  readonly #access = new FileAccess();
  #scan: Scan = { sessions: new Map(), fingerprint: '' };
  #scanProblems: Problem[] = [];
  /** The list that opening made was not handed out yet. */
  #fresh = false;

  constructor(root: SourceFolder, layouts: readonly Layout[], problems: readonly Problem[]) {
    this.path = root.path;
    this.store = `opencode:${root.path}`;
    this.problems = problems;
    this.#layouts = layouts;
  }

  /** Of the files looked at so far: how many there are shows only when they are read. */
  get sizeBytes(): number {
    return this.#access.bytesOpened;
  }

  get bytesRead(): number {
    return this.#access.bytesRead;
  }

  get fingerprint(): string {
    return this.#scan.fingerprint;
  }

  async scan(signal: AbortSignal): Promise<void> {
    const problems: Problem[] = [];
    const log = new ProblemLog(this.path, (found) => problems.push(found));
    for (const layout of this.#layouts) layout.forget();
    this.#scan = await scanSessions(this.#layouts, this.#pass(log, signal));
    log.finish();
    this.#scanProblems = problems;
    this.#fresh = true;
  }

  async sessions(signal: AbortSignal): Promise<{ heads: SessionHead[]; problems: Problem[] }> {
    signal.throwIfAborted();
    if (!this.#fresh) await this.scan(signal);
    this.#fresh = false;
    return { heads: [...this.#scan.sessions.values()].map(({ head }) => head), problems: this.#scanProblems };
  }

  async read(wanted: ReadonlySet<string> | 'all', reading: Reading, signal: AbortSignal): Promise<void> {
    const log = new ProblemLog(this.path, (found) => reading.problem(found));
    const pass = this.#pass(log, signal);
    const all = [...this.#scan.sessions.values()];
    const sessions = wanted === 'all' ? all : all.filter(({ head }) => wanted.has(head.id));
    const messages = sessions.reduce((sum, session) => sum + session.messages, 0);
    const progress = new FileProgress(messages, (told) => reading.progress(told));
    for (const layout of this.#layouts) layout.forget();
    const opened = this.#messagesOf(sessions, pass, (session) => tellFolder(session, reading));
    const readOne = ({ head, session }: Next, own: FilePass): Promise<ReadMessage> => readMessage(head, session, own);
    for await (const message of pass.inOrder(opened, MESSAGES_AHEAD, readOne)) {
      signal.throwIfAborted();
      tell(message, reading);
      progress.step(pass.files);
    }
    signal.throwIfAborted();
    log.finish();
    progress.end(pass.files);
  }

  async mark(sessionId: string, messageIds: readonly string[]): Promise<string> {
    const log = new ProblemLog(this.path, () => undefined);
    for (const layout of this.#layouts) layout.forgetMessages();
    return readMark(this.#layouts, this.#pass(log, new AbortController().signal), sessionId, messageIds);
  }

  async messages(sessionId: string, signal: AbortSignal): Promise<{ messages: SourceMessage[]; problems: Problem[] }> {
    const problems: Problem[] = [];
    const log = new ProblemLog(this.path, (found) => problems.push(found));
    const pass = this.#pass(log, signal);
    const found = this.#scan.sessions.get(sessionId);
    const session = found === undefined ? null : await readSession(found.group, pass);
    if (session === null) return { messages: [], problems };
    for (const layout of this.#layouts) layout.forgetMessages();
    const opened = await this.#openWithParts(session.head, pass);
    const heads: MessageHead[] = [];
    const pieces: TextPiece[] = [];
    const readOne = (message: { head: MessageHead }, own: FilePass): Promise<ReadMessage> =>
      readMessage(message.head, opened, own);
    for await (const { head, texts } of pass.inOrder(opened.messages, MESSAGES_AHEAD, readOne)) {
      heads.push(head);
      pieces.push(...texts);
    }
    log.finish();
    return { messages: toTranscript(heads, pieces, session.head.revertedFrom), problems };
  }

  async transcript(sessionId: string, signal: AbortSignal): Promise<SessionReader | null> {
    const found = this.#scan.sessions.get(sessionId);
    if (found === undefined) return null;
    const problems: Problem[] = [];
    const log = new ProblemLog(this.path, (told) => problems.push(told));
    const pass = this.#pass(log, signal);
    const session = await readSession(found.group, pass);
    if (session === null) return null;
    for (const layout of this.#layouts) layout.forgetMessages();
    const opened = await this.#openWithParts(session.head, pass);
    log.finish();
    const reader = new JsonSession(opened, this.path, (own, until) => this.#pass(own, until));
    reader.problems.push(...problems);
    return reader;
  }

  close(): void {
    for (const layout of this.#layouts) layout.forget();
  }

  #pass(log: ProblemLog, signal: AbortSignal): FilePass {
    signal.throwIfAborted();
    return new FilePass(this.#access, (note) => note(log), signal);
  }

  async *#messagesOf(
    sessions: readonly FoundSession[],
    pass: FilePass,
    begin: (session: OpenSession) => void,
  ): AsyncGenerator<Next, void, void> {
    const open = ({ head }: FoundSession, own: FilePass): Promise<OpenSession> => openSession(head, this.#layouts, own);
    for await (const session of pass.inOrder(sessions, SESSIONS_AHEAD, open)) {
      begin(session);
      for (const { head } of session.messages) yield { session, head };
    }
  }

  /** Folders of parts are many, so they are not listed for each transcript: only when one is missing. */
  async #openWithParts(head: SessionHead, pass: FilePass): Promise<OpenSession> {
    const opened = await openSession(head, this.#layouts, pass);
    if (hasAllParts(opened)) return opened;
    for (const layout of this.#layouts) layout.forget();
    return { ...opened, parts: await partsOf(head.id, this.#layouts, pass) };
  }
}

/** A message whose turn it is. */
interface Next {
  readonly session: OpenSession;
  readonly head: MessageHead;
}

function tellFolder({ head, folder }: OpenSession, reading: Reading): void {
  if (folder !== null) reading.session?.({ ...head, directory: folder });
}

function tell({ head, texts, toolCalls }: ReadMessage, reading: Reading): void {
  reading.message(head);
  for (const text of texts) reading.text(text);
  for (const call of toolCalls) reading.toolCall(call);
}

function nothingFound(root: SourceFolder): ProblemError {
  const text =
    `There are no OpenCode sessions in ${root.name}. OpenCode before 1.2 keeps them in the folder storage ` +
    'under ~/.local/share/opencode.';
  return new ProblemError(problem('nothing-found', 'error', root.path, text));
}

function asError(found: Problem): ProblemError {
  return new ProblemError({ ...found, severity: 'error' });
}
