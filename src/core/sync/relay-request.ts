/** One request to a relay, tried again while that may help, and counted. */
import { problem, ProblemError } from '../model/problem.ts';
import { retryAfter } from '../net/retry-after.ts';
import { type After, Silence } from '../net/silence.ts';

/** The world as sync needs it. */
export interface SyncPorts {
  readonly fetch: typeof fetch;
  readonly after: After;
  /** Ends early when the signal says so. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** From 0 to 1: devices that failed together must not come again together. */
  readonly random: () => number;
  /** Where the app was opened from, which is also a relay; null outside a browser. */
  readonly origin: string | null;
}

/** What went over the wire: bodies, and the lines before them as far as they can be seen. */
export interface Traffic {
  requests: number;
  bytesUp: number;
  bytesDown: number;
}

export interface RelayRequest {
  readonly method: 'GET' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** A body that is longer than this is not read. */
  readonly mostBytes: number;
}

export interface RelayAnswer {
  readonly status: number;
  readonly etag: string | null;
  readonly text: string;
}

/** Requests to a relay at a time. */
export const AT_ONCE = 6;
const ATTEMPTS = 5;
const FIRST_WAIT_MS = 400;
/** A relay that wants to be left alone for longer is asked another time. */
const LONGEST_WAIT_MS = 60_000;
const SILENCE_MS = 30_000;
const TRY_AGAIN: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

/** @throws ProblemError `relay-unreachable` when no answer comes, `relay-refused` when none can be used; whatever the signal says when it says so */
export async function askRelay(
  request: RelayRequest,
  ports: SyncPorts,
  traffic: Traffic,
  signal: AbortSignal,
): Promise<RelayAnswer> {
  for (let attempt = 1; ; attempt++) {
    // eslint-disable-next-line no-await-in-loop -- one after the other, and only while they fail
    const outcome = await askOnce(request, ports, traffic, signal);
    if (outcome.kind === 'answer') return outcome.answer;
    const wait = outcome.retryAfterMs ?? FIRST_WAIT_MS * 2 ** (attempt - 1) * (0.5 + ports.random());
    if (attempt === ATTEMPTS || wait > LONGEST_WAIT_MS) throw new ProblemError(outcome.problem);
    // eslint-disable-next-line no-await-in-loop
    await ports.sleep(wait, signal);
    signal.throwIfAborted();
  }
}

type Outcome =
  | { readonly kind: 'answer'; readonly answer: RelayAnswer }
  | { readonly kind: 'again'; readonly retryAfterMs: number | null; readonly problem: ReturnType<typeof problem> };

async function askOnce(
  request: RelayRequest,
  ports: SyncPorts,
  traffic: Traffic,
  signal: AbortSignal,
): Promise<Outcome> {
  signal.throwIfAborted();
  const { method, url, headers, body, mostBytes } = request;
  const silence = new Silence(ports.after, SILENCE_MS);
  traffic.requests += 1;
  traffic.bytesUp += headLength(`${method} ${new URL(url).pathname}`, Object.entries(headers)) + (body?.length ?? 0);
  try {
    const response = await ports.fetch(url, {
      method,
      headers: { ...headers },
      body,
      signal: AbortSignal.any([signal, silence.signal]),
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      // elsewhere the access key has no business
      redirect: 'manual',
    });
    silence.broken();
    const { status } = response;
    traffic.bytesDown += headLength(`${status}`, response.headers);
    if (response.type === 'opaqueredirect' || isRedirect(status)) throw refused(url, 'it sends on to another address');
    const text = await readBody(response, mostBytes, silence, traffic);
    if (text === null) throw refused(url, `its answer is longer than ${mostBytes} bytes`);
    if (!TRY_AGAIN.has(status)) return { kind: 'answer', answer: { status, etag: response.headers.get('etag'), text } };
    return { kind: 'again', retryAfterMs: retryAfter(response.headers, Date.now()), problem: failed(url, status) };
  } catch (error) {
    if (signal.aborted || error instanceof ProblemError) throw error;
    return { kind: 'again', retryAfterMs: null, problem: unreachable(url, error) };
  } finally {
    silence.end();
  }
}

/** Null when it is longer than `mostBytes`. */
async function readBody(
  response: Response,
  mostBytes: number,
  silence: Silence,
  traffic: Traffic,
): Promise<string | null> {
  const reader = response.body?.getReader();
  if (reader === undefined) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  // eslint-disable-next-line no-await-in-loop -- pieces come one after the other
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    silence.broken();
    bytes += piece.value.length;
    traffic.bytesDown += piece.value.length;
    text += decoder.decode(piece.value, { stream: true });
    if (bytes <= mostBytes) continue;
    // eslint-disable-next-line no-await-in-loop
    await reader.cancel();
    return null;
  }
  return text + decoder.decode();
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400 && status !== 304;
}

function headLength(first: string, headers: Iterable<readonly [string, string]>): number {
  let length = first.length + ' HTTP/1.1\r\n\r\n'.length;
  for (const [name, value] of headers) length += name.length + value.length + ': \r\n'.length;
  return length;
}

function failed(url: string, status: number): ReturnType<typeof problem> {
  const { host } = new URL(url);
  const why = status === 429 ? 'asks to be left alone for a while' : `failed (${status})`;
  return problem(
    'relay-unreachable',
    'error',
    host,
    `The relay at ${host} ${why}. What is here is complete; sync again later.`,
  );
}

function unreachable(url: string, error: unknown): ReturnType<typeof problem> {
  const { host } = new URL(url);
  const cause: unknown = error instanceof Error ? error.cause : null;
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? ` (${cause.code})` : '';
  return problem(
    'relay-unreachable',
    'error',
    host,
    `No answer from the relay at ${host}${code}. What is here is complete; it is synced when the relay is there again.`,
  );
}

function refused(url: string, why: string): ProblemError {
  const { host } = new URL(url);
  return new ProblemError(problem('relay-refused', 'error', host, `The relay at ${host} can't be used: ${why}.`));
}
