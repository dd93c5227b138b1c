/** One session out of several stores that hold it: the messages of the first in their order, and between them, by time, those only others have. */
import { MadeOnce } from '../made-once.ts';
import { merged } from '../import/transcript.ts';
import type { Problem } from '../model/problem.ts';
import type { TranscriptMessage } from '../model/transcript.ts';
import type { SessionReader } from '../sources/session-reader.ts';

/** Messages of another store read at a time to learn when they were said. */
const AT_A_TIME = 100;

/** @param readers of the same session, the one that counts first; at least one */
export function unitedSession([first, ...others]: readonly [SessionReader, ...SessionReader[]]): SessionReader {
  return others.reduce((united, other) => new UnitedSession(united, other), first);
}

/** Where a message of the whole stands. */
interface Place {
  readonly reader: SessionReader;
  readonly at: number;
}

interface Whole {
  readonly ids: readonly string[];
  readonly places: readonly Place[];
}

class UnitedSession implements SessionReader {
  readonly #first: SessionReader;
  readonly #other: SessionReader;
  readonly #whole = new MadeOnce<Whole>();

  constructor(first: SessionReader, other: SessionReader) {
    this.#first = first;
    this.#other = other;
  }

  get problems(): readonly Problem[] {
    return [...this.#first.problems, ...this.#other.problems];
  }

  async newest(count: number, signal: AbortSignal): Promise<readonly TranscriptMessage[]> {
    const messages = await this.#first.newest(count, signal);
    // what the first has further up is older than its newest, and cut off
    return merged(messages, await this.#other.newest(count, signal)).slice(-count);
  }

  async ids(signal: AbortSignal): Promise<readonly string[]> {
    return (await this.#all(signal)).ids;
  }

  async messages(from: number, to: number, signal: AbortSignal): Promise<readonly TranscriptMessage[]> {
    const { places } = await this.#all(signal);
    const read: TranscriptMessage[] = [];
    for (const { reader, from: begin, to: end } of stretchesOf(places.slice(Math.max(0, from), to)))
      read.push(...(await reader.messages(begin, end, signal)));
    return read;
  }

  async raw(at: number, signal: AbortSignal): Promise<string> {
    const place = (await this.#all(signal)).places[at];
    return place === undefined ? '' : place.reader.raw(place.at, signal);
  }

  #all(signal: AbortSignal): Promise<Whole> {
    return this.#whole.get(() => this.#unite(signal));
  }

  async #unite(signal: AbortSignal): Promise<Whole> {
    const firstIds = await this.#first.ids(signal);
    const known = new Set(firstIds);
    const otherIds = await this.#other.ids(signal);
    const further = otherIds.flatMap((id, at) => (known.has(id) ? [] : [{ reader: this.#other, at }]));
    const own = firstIds.map((_, at) => ({ reader: this.#first, at }));
    const places = further.length === 0 ? own : await this.#placed(own, further, signal);
    const ids = places.map(({ reader, at }) => (reader === this.#first ? firstIds[at] : otherIds[at]) ?? '');
    return { ids, places };
  }

  /** Of the first store only those messages are read between which others may come. */
  async #placed(own: readonly Place[], further: readonly Place[], signal: AbortSignal): Promise<readonly Place[]> {
    const times = new Map<number, number>();
    const timeAt = async (at: number): Promise<number> => {
      const time = times.get(at) ?? (await this.#first.messages(at, at + 1, signal))[0]?.time ?? 0;
      times.set(at, time);
      return time;
    };
    const places: Place[] = [];
    let next = 0;
    for (const stretch of stretchesOf(further, AT_A_TIME)) {
      const read = await this.#other.messages(stretch.from, stretch.to, signal);
      for (const [at, { time }] of read.entries()) {
        const before = next;
        next = await firstAfter(time, before, own.length, timeAt);
        places.push(...own.slice(before, next), { reader: this.#other, at: stretch.from + at });
      }
    }
    return [...places, ...own.slice(next)];
  }
}

/** The first place from `from` on whose time is later; `end` when there is none. Looks near `from` first: what was said together stands together. */
async function firstAfter(
  time: number,
  from: number,
  end: number,
  timeAt: (at: number) => Promise<number>,
): Promise<number> {
  let [low, high] = [from, end];
  for (let step = 1; low < end; step *= 2) {
    const probe = Math.min(low + step, end) - 1;
    if ((await timeAt(probe)) > time) {
      high = probe;
      break;
    }
    low = probe + 1;
  }
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((await timeAt(middle)) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface Stretch {
  readonly reader: SessionReader;
  readonly from: number;
  readonly to: number;
}

/** Places that follow each other in one store, together. */
function stretchesOf(places: readonly Place[], most = Number.POSITIVE_INFINITY): Stretch[] {
  const stretches: Stretch[] = [];
  for (const { reader, at } of places) {
    const last = stretches.at(-1);
    if (last?.reader === reader && last.to === at && at - last.from < most)
      stretches.splice(-1, 1, { ...last, to: at + 1 });
    else stretches.push({ reader, from: at, to: at + 1 });
  }
  return stretches;
}
