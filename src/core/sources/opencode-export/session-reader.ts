/** The session of an export. What fits is held; of a larger file each stretch is read again. */
import type { Problem } from '../../model/problem.ts';
import type { TranscriptMessage } from '../../model/transcript.ts';
import { jsonText } from '../json-text.ts';
import type { JsonObject } from '../opencode-db/json.ts';
import { isObject, parseObject } from '../opencode-db/json.ts';
import { named } from '../opencode-shared/session-rules.ts';
import { transcriptMessage } from '../opencode-shared/transcript-message.ts';
import type { MessageRecord, PartRecord } from '../opencode-shared/transcript-record.ts';
import { ProblemLog } from '../problem-log.ts';
import type { SessionReader } from '../session-reader.ts';
import { ElementScanner } from './element-scanner.ts';
import { utf8Chunks } from './chunks.ts';
import type { OpenExport } from './pass.ts';
import { readExport } from './pass.ts';
import { partName } from './read-message.ts';

/** Bytes of messages that are held. */
const HELD = 64 * 1024 * 1024;

type OnExport = <T>(task: (current: OpenExport) => Promise<T>) => Promise<T>;

interface Place {
  readonly id: string;
  readonly time: number;
}

export class ExportedSession implements SessionReader {
  readonly problems: Problem[] = [];
  readonly #path: string;
  readonly #on: OnExport;
  readonly #held = new Map<string, Uint8Array>();
  #places: readonly Place[] | null = null;
  #revertedFrom: string | null = null;

  constructor(path: string, on: OnExport) {
    this.#path = path;
    this.#on = on;
  }

  async newest(count: number, signal: AbortSignal): Promise<readonly TranscriptMessage[]> {
    const { length } = await this.#all(signal);
    return this.messages(Math.max(0, length - count), length, signal);
  }

  async ids(signal: AbortSignal): Promise<readonly string[]> {
    return (await this.#all(signal)).map(({ id }) => id);
  }

  async messages(from: number, to: number, signal: AbortSignal): Promise<readonly TranscriptMessage[]> {
    const places = await this.#all(signal);
    const reverted = places.findIndex(({ id }) => id === this.#revertedFrom);
    const wanted = places.slice(from, to);
    const found = await this.#elements(wanted, signal);
    return wanted.flatMap((place, i) => {
      const element = found.get(place.id);
      if (element === undefined) return [];
      return [transcriptMessage(recordOf(element, place), reverted >= 0 && from + i >= reverted)];
    });
  }

  async raw(at: number, signal: AbortSignal): Promise<string> {
    const place = (await this.#all(signal))[at];
    if (place === undefined) return '';
    return jsonText((await this.#elements([place], signal)).get(place.id));
  }

  async #all(signal: AbortSignal): Promise<readonly Place[]> {
    this.#places ??= await this.#on(async (current) => {
      const places: Place[] = [];
      const log = new ProblemLog(this.#path, (found) => this.problems.push(found));
      await readExport(current, this.#path, log, signal, ({ head }) => places.push(head));
      log.finish();
      this.#revertedFrom = current.head.revertedFrom;
      if (current.source.size <= HELD)
        await this.#scan(current, signal, (id, bytes) => this.#held.set(id, bytes.slice()));
      return places.sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1));
    });
    return this.#places;
  }

  async #elements(places: readonly Place[], signal: AbortSignal): Promise<Map<string, JsonObject>> {
    const wanted = new Set(places.map(({ id }) => id));
    const found = new Map<string, JsonObject>();
    const take = (id: string, bytes: Uint8Array): void => {
      const element = wanted.has(id) && !found.has(id) ? parseObject(bytes) : null;
      if (element !== null) found.set(id, element);
    };
    if (this.#held.size > 0) for (const id of wanted) take(id, this.#held.get(id) ?? new Uint8Array(0));
    else await this.#on((current) => this.#scan(current, signal, take));
    return found;
  }

  async #scan(
    { source }: OpenExport,
    signal: AbortSignal,
    take: (id: string, bytes: Uint8Array) => void,
  ): Promise<void> {
    const seen = new Set<string>();
    const scanner = new ElementScanner({
      info: () => undefined,
      message: (bytes) => {
        const info = bytes === null ? undefined : parseObject(bytes)?.['info'];
        const id = isObject(info) ? named(info['id']) : null;
        if (bytes === null || id === null || seen.has(id)) return;
        seen.add(id);
        take(id, bytes);
      },
    });
    for await (const { bytes } of utf8Chunks(source)) {
      signal.throwIfAborted();
      scanner.push(bytes);
      if (scanner.ended) return;
    }
  }
}

function recordOf(element: JsonObject, { id, time }: Place): MessageRecord {
  const parts: readonly unknown[] = Array.isArray(element['parts']) ? element['parts'] : [];
  const records = new Map<string, PartRecord>();
  for (const [i, part] of parts.entries()) {
    const record: PartRecord = isObject(part)
      ? { id: partName(part, i), data: part }
      : { id: partName({}, i), data: null, text: jsonText(part) };
    if (!records.has(record.id)) records.set(record.id, record);
  }
  const inPartOrder = [...records.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { id, data: isObject(element['info']) ? element['info'] : {}, created: time, parts: inPartOrder };
}
