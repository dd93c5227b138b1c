import { redact } from '../../redact/redact.ts';
import type { Failure, FailureCode, Outcome } from './provider.ts';

const OF_THE_PROVIDER: ReadonlySet<FailureCode> = new Set([
  'rate-limited',
  'key-refused',
  'no-credit',
  'model-missing',
  'unreachable',
  'cors-refused',
  'bad-settings',
  'unavailable',
]);

export function failed(
  code: FailureCode,
  message: string,
  more: { status?: number; retryAfterMs?: number | null } = {},
): { readonly ok: false; readonly failure: Failure } {
  const blame = OF_THE_PROVIDER.has(code) ? 'provider' : 'call';
  const { status = null, retryAfterMs = null } = more;
  return { ok: false, failure: { code, blame, message, status, retryAfterMs } };
}

export function done<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

const WORDS_KEPT = 300;
// eslint-disable-next-line no-control-regex -- what steers a terminal is what is taken out
const CONTROL = /[\u0000-\u001f\u007f-\u009f]+/g;

/** What a server said, safe to show: without the key it was sent, other secrets, and control characters. */
export function serverWords(text: string, key: string | null): string {
  const plain = text.replaceAll(CONTROL, ' ').trim();
  const keyless = key === null || key === '' ? plain : plain.replaceAll(key, '[redacted:key]');
  // servers repeat keys with their middle left out
  const starred = keyless.replaceAll(/\b[\w-]{2,12}-[\w-]*\*{3,}[\w-]*/g, '[redacted:key]');
  return redact(starred).text.slice(0, WORDS_KEPT);
}
