/** One session of JSON folders: its message files are read to know their order, the parts only of those that are looked at. */
import type { Problem } from '../../model/problem.ts';
import type { TranscriptMessage } from '../../model/transcript.ts';
import { jsonText } from '../json-text.ts';
import { named } from '../opencode-shared/session-rules.ts';
import { transcriptMessage } from '../opencode-shared/transcript-message.ts';
import type { MessageRecord, PartRecord } from '../opencode-shared/transcript-record.ts';
import { ProblemLog } from '../problem-log.ts';
import type { SessionReader } from '../session-reader.ts';
import type { FilePass } from './file-pass.ts';
import type { OpenMessage, OpenSession } from './read-session.ts';
import { partGroups } from './read-session.ts';

const AT_ONCE = 48;

/** Makes a pass whose problems go to the log. */
type MakePass = (log: ProblemLog, signal: AbortSignal) => FilePass;

export class JsonSession implements SessionReader {
  readonly problems: Problem[] = [];
  readonly #opened: OpenSession;
  readonly #path: string;
  readonly #makePass: MakePass;
  readonly #revertedAt: number;

  constructor(opened: OpenSession, path: string, makePass: MakePass) {
    this.#opened = opened;
    this.#path = path;
    this.#makePass = makePass;
    const { revertedFrom } = opened.head;
    this.#revertedAt = opened.messages.findIndex(({ head }) => head.id === revertedFrom);
  }

  newest(count: number, signal: AbortSignal): Promise<readonly TranscriptMessage[]> {
    const { length } = this.#opened.messages;
    return this.messages(Math.max(0, length - count), length, signal);
  }

  ids(): Promise<readonly string[]> {
    return Promise.resolve(this.#opened.messages.map(({ head }) => head.id));
  }

  async messages(from: number, to: number, signal: AbortSignal): Promise<readonly TranscriptMessage[]> {
    const messages: TranscriptMessage[] = [];
    for await (const { at, record } of this.#records(from, to, signal))
      messages.push(transcriptMessage(record, this.#revertedAt >= 0 && at >= this.#revertedAt));
    return messages;
  }

  async raw(at: number, signal: AbortSignal): Promise<string> {
    for await (const { record } of this.#records(at, at + 1, signal))
      return jsonText({ ...record.data, parts: record.parts.map(({ data }) => data) });
    return '';
  }

  async *#records(
    from: number,
    to: number,
    signal: AbortSignal,
  ): AsyncGenerator<{ readonly at: number; readonly record: MessageRecord }, void, void> {
    const log = new ProblemLog(this.#path, (found) => this.problems.push(found));
    const pass = this.#makePass(log, signal);
    const wanted = this.#opened.messages.slice(from, to);
    const read = (message: OpenMessage, own: FilePass): Promise<MessageRecord> => this.#record(message, own);
    let at = from;
    for await (const record of pass.inOrder(wanted, AT_ONCE, read)) yield { at: at++, record };
    log.finish();
  }

  async #record({ head, group }: OpenMessage, pass: FilePass): Promise<MessageRecord> {
    const reading = await pass.newest(group, 'message');
    const parts = new Map<string, PartRecord>();
    for (const part of await partGroups(head.id, this.#opened.parts, pass)) {
      const read = await pass.newest(part, 'part');
      if (read === null) continue;
      const id = named(read.data['id']) ?? part.name;
      if (!parts.has(id)) parts.set(id, { id, data: read.data });
    }
    const inPartOrder = [...parts.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    return { id: head.id, data: reading?.data ?? {}, created: head.time, parts: inPartOrder };
  }
}
