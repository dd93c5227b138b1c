/** What a relay tells of changes, as it happens: server-sent events, read from a stream so that the access key is in no address. */
import * as v from 'valibot';
import { problem, ProblemError } from '../model/problem.ts';
import { eventReader } from '../net/event-stream.ts';
import { Silence } from '../net/silence.ts';
import type { SyncPorts } from './relay-request.ts';

/** `index`: the first word on each connection, and when the relay has lost track. A null ETag: the shard was taken away. */
export type Notice =
  | { readonly kind: 'index'; readonly etag: string }
  | { readonly kind: 'change'; readonly shard: string; readonly etag: string | null }
  | { readonly kind: 'vault-deleted' };

/** A relay sends a sign of life several times in this time. */
const SILENCE_MS = 90_000;
/** A notice has some hundred characters, a sign of life some ten. */
const MOST_UNITS_UNHEARD = 1_000_000;

const told = v.union([
  v.object({ shard: v.string(), etag: v.nullable(v.string()) }),
  v.object({ etag: v.string() }),
  v.object({}),
]);

/** Resolves when the relay ends it; rejects with ProblemError when it can't be heard, or with what the signal says. */
export async function relayChanges(
  { fetch, after }: Pick<SyncPorts, 'fetch' | 'after'>,
  url: string,
  access: string,
  onNotice: (notice: Notice) => void,
  signal: AbortSignal,
): Promise<void> {
  const silence = new Silence(after, SILENCE_MS);
  const { host } = new URL(url);
  try {
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${access}`, accept: 'text/event-stream' },
      signal: AbortSignal.any([signal, silence.signal]),
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      redirect: 'manual',
    });
    if (response.status !== 200 || response.body === null) throw deaf(host, `it answers with ${response.status}`);
    let unheard = 0;
    const events = eventReader((data) => {
      unheard = 0;
      const notice = noticeOf(data);
      if (notice !== null) onNotice(notice);
    });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    // eslint-disable-next-line no-await-in-loop -- pieces come one after the other
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      silence.broken();
      unheard += piece.value.length;
      events.take(piece.value);
      if (unheard <= MOST_UNITS_UNHEARD) continue;
      // eslint-disable-next-line no-await-in-loop
      await reader.cancel();
      throw deaf(host, 'it sends no notices but much else');
    }
  } catch (error) {
    if (signal.aborted || error instanceof ProblemError) throw error;
    throw deaf(host, silence.isOver ? 'it says nothing' : 'the connection broke');
  } finally {
    silence.end();
  }
}

function noticeOf(data: string): Notice | null {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), told), data);
  if (!read.success) return null;
  const { output } = read;
  if ('shard' in output) return { kind: 'change', ...output };
  return 'etag' in output ? { kind: 'index', ...output } : { kind: 'vault-deleted' };
}

function deaf(host: string, why: string): ProblemError {
  return new ProblemError(problem('relay-unreachable', 'error', host, `Changes are not told by ${host}: ${why}.`));
}
