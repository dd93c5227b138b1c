/**
 * A request to a model's server, with what can go wrong as values.
 *
 * Contract: silence is counted anew with every piece that comes; a request that was given up is aborted, so that the server
 * stops too. The body is text, given piece by piece.
 */
import * as v from 'valibot';
import { retryAfter } from '../../net/retry-after.ts';
import { Silence } from '../../net/silence.ts';
import { done, failed, serverWords } from './failures.ts';
import type { Outcome, ProviderPorts } from './provider.ts';
import { SILENCE_LIMIT_MS } from './provider.ts';
import { unreachable } from './unreachable.ts';

export interface Request {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Null asks with GET. */
  readonly body: unknown;
  /** What must not be shown. */
  readonly key: string | null;
  readonly silenceMs?: number;
}

export interface Answer {
  readonly status: number;
  readonly isStream: boolean;
  /** All pieces went to `onText` when it was a stream; else the whole body. */
  readonly text: string;
}

/** @param onText called with each piece of a stream; false ends the reading, the answer is complete */
export async function send(
  request: Request,
  ports: ProviderPorts,
  signal: AbortSignal,
  onText: (piece: string) => boolean,
): Promise<Outcome<Answer>> {
  const silence = new Silence(ports.after, request.silenceMs ?? SILENCE_LIMIT_MS);
  const either = AbortSignal.any([signal, silence.signal]);
  let response: Response | null = null;
  try {
    response = await ports.fetch(request.url, {
      ...(request.body === null ? {} : { method: 'POST', body: JSON.stringify(request.body) }),
      headers: { accept: 'application/json, text/event-stream', ...request.headers },
      signal: either,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      // elsewhere the key has no business
      redirect: 'manual',
    });
    silence.broken();
    if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400))
      return sentOn(request.url);
    const isStream = response.ok && (response.headers.get('content-type') ?? '').includes('text/event-stream');
    const text = await readBody(response, silence, isStream ? onText : null);
    const { status } = response;
    if (response.ok) return done({ status, isStream, text });
    return refused(response, text, request.key, ports.now());
  } catch (error) {
    if (signal.aborted) return failed('cancelled', 'Cancelled.');
    if (silence.isOver) return failed('timeout', `The server said nothing for ${silence.seconds} seconds.`);
    if (response !== null) return failed('cut-stream', 'The connection broke before the reply was complete.');
    return await unreachable(request.url, error, ports);
  } finally {
    silence.end();
  }
}

async function readBody(
  response: Response,
  silence: Silence,
  onText: ((piece: string) => boolean) | null,
): Promise<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (reader === undefined) return '';
  let text = '';
  for (;;) {
    // eslint-disable-next-line no-await-in-loop -- pieces come one after the other
    const { done: isEnd, value = '' } = await reader.read();
    silence.broken();
    if (isEnd) return text;
    if (onText === null) text += value;
    else if (!onText(value)) {
      await reader.cancel();
      return text;
    }
  }
}

function sentOn(url: string): ReturnType<typeof failed> {
  const { origin } = new URL(url);
  return failed(
    'bad-settings',
    `${origin} sends on to another address. Enter the address it sends to, if you trust it.`,
  );
}

/** What a status means. */
function refused(response: Response, body: string, key: string | null, now: number): ReturnType<typeof failed> {
  const { status } = response;
  const said = serverWords(errorWords(body), key);
  const words = said === '' ? '' : ` The server says: ${said}`;
  const retryAfterMs = retryAfter(response.headers, now);
  if (status === 401) return failed('key-refused', `The key was refused.${words}`, { status });
  if (status === 403)
    return failed('key-refused', `The key, or this page, may not use this server.${words}`, { status });
  if (status === 402) return failed('no-credit', `The account has no credit.${words}`, { status });
  if (status === 404)
    return failed('model-missing', `The server does not know this model or address.${words}`, { status });
  if (status === 429) return failed('rate-limited', `Too many requests.${words}`, { status, retryAfterMs });
  if (status >= 500 || status === 408)
    return failed('server-error', `The server failed (${status}).${words}`, { status, retryAfterMs });
  return failed('refused-request', `The server refused the request (${status}).${words}`, { status });
}

const Told = v.object({
  error: v.nullish(v.union([v.string(), v.object({ message: v.nullish(v.string()) })])),
  message: v.nullish(v.string()),
});

/** The sentence of an error in JSON, in the shapes that are about; else the text itself, unless it is a page. */
function errorWords(body: string): string {
  const { success, output } = v.safeParse(v.pipe(v.string(), v.parseJson(), Told), body);
  if (!success) return body.trimStart().startsWith('<') ? '' : body;
  const { error, message } = output;
  return (typeof error === 'string' ? error : error?.message) ?? message ?? '';
}
