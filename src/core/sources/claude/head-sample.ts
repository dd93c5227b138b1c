/** What a session begins with, from a sample of its first bytes. */
import { ProblemError } from '../../model/problem.ts';
import { SourceChanged } from '../byte-source.ts';
import { isObject, parseBytes } from './json.ts';
import type { ListedSession } from './listing.ts';
import { readRow } from './row.ts';
import type { ScanPorts } from './scan.ts';

const SAMPLE_BYTES = 64 * 1024;
const LINE_FEED = 0x0a;

/** The sample was too small to tell. */
const UNKNOWN = '';

/** False only when it surely begins with something else. */
export function beginsWith(sampled: string | null, uuid: string): boolean {
  return sampled === uuid || sampled === UNKNOWN;
}

/** The id of the line of its first message; null when it has none. To be asked by {@link beginsWith}. */
export async function firstUuidOf(session: ListedSession, ports: ScanPorts): Promise<string | null> {
  const [file] = session.files;
  if (file === undefined) return null;
  ports.signal.throwIfAborted();
  try {
    const source = await ports.open(file);
    try {
      const start = await source.read(0, SAMPLE_BYTES);
      return firstUuidIn(start) ?? (source.size > start.length ? UNKNOWN : null);
    } finally {
      source.close();
    }
  } catch (error) {
    // reading it whole will say what is the matter
    if (error instanceof ProblemError || error instanceof SourceChanged) return UNKNOWN;
    throw error;
  }
}

function firstUuidIn(start: Uint8Array): string | null {
  let from = 0;
  for (let end = start.indexOf(LINE_FEED); from < start.length; end = start.indexOf(LINE_FEED, from)) {
    const stop = end === -1 ? start.length : end;
    const line = parseBytes(start.subarray(from, stop));
    if (isObject(line)) {
      const { prompt, reply, uuid } = readRow(line);
      if ((prompt !== null || reply !== null) && uuid !== null) return uuid;
    }
    from = stop + 1;
  }
  return null;
}
