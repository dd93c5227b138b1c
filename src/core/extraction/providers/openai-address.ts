import { isLocal } from './unreachable.ts';

/**
 * The base address of an OpenAI-compatible server from what a person typed: with or without scheme, `/v1`, a slash at the end,
 * or the path of a call. Null when it is no address, or has a password in it.
 *
 * @example
 * baseAddress('localhost:11434'); // 'http://localhost:11434/v1'
 */
export function baseAddress(typed: string): string | null {
  const url = parsed(typed.trim());
  if (url === null || url.username !== '' || url.password !== '') return null;
  const path = url.pathname
    .replace(/\/+$/, '')
    .replace(/\/(?:chat\/completions|completions|responses|embeddings|models)$/, '')
    .replace(/^\/api$/, isLocal(url.hostname) ? '' : '/api');
  return `${url.origin}${path === '' ? '/v1' : path}`;
}

function parsed(typed: string): URL | null {
  if (typed === '') return null;
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed);
  const host = /^[^/:?#]+|^\[[^\]]*\]/.exec(typed)?.[0] ?? '';
  const isNear = isLocal(host) || /^(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\./.test(host) || host.endsWith('.local');
  const scheme = isNear ? 'http' : 'https';
  try {
    const url = new URL(hasScheme ? typed : `${scheme}://${typed}`);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url : null;
  } catch {
    return null;
  }
}
