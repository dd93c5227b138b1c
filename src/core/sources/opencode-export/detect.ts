import { isObject, parseObject } from '../opencode-db/json.ts';
import { named, sessionHead } from '../opencode-shared/session-rules.ts';
import type { ByteSource } from '../byte-source.ts';
import type { SessionHead } from '../source.ts';
import { utf8Chunks } from './chunks.ts';
import { ElementScanner } from './element-scanner.ts';

/** A status line may stand before the first brace, but not a book. */
const START_WITHIN = 64 * 1024;
/** A file that is not ours is not read to its end. */
const KNOWN_WITHIN = 16 * 1024 * 1024;

/** The session an export is of, or why the file is none. */
export type Detected =
  | { readonly kind: 'export'; readonly head: SessionHead; readonly timesKnown: boolean }
  | { readonly kind: 'other' | 'empty' | 'cut' };

/**
 * Reads the beginning of a file until it is known what it is. An export of OpenCode is an object with `info`, a session, and
 * `messages`, a list.
 */
export async function detectExport(source: ByteSource): Promise<Detected> {
  if (source.size === 0) return { kind: 'empty' };
  let info: Uint8Array | null = null;
  const scanner = new ElementScanner({ info: (bytes) => (info = bytes), message: () => undefined });
  for await (const { bytes, done } of utf8Chunks(source)) {
    scanner.push(bytes);
    if (info !== null && scanner.sawMessages) return fromInfo(info);
    if (scanner.ended || (!scanner.started && done > START_WITHIN) || (info === null && done > KNOWN_WITHIN)) break;
  }
  const whole: Detected = info === null ? { kind: 'other' } : fromInfo(info);
  const isCut = scanner.inInfo || (whole.kind === 'export' && !scanner.ended);
  return { kind: isCut ? 'cut' : 'other' };
}

/** True when a file may be an export, by its first bytes: `info` comes first in those that OpenCode wrote. */
export function looksLikeExport(start: Uint8Array): boolean {
  const encoding = start[0] === 0xff && start[1] === 0xfe ? 'utf-16le' : 'utf-8';
  return /^[^{]*\{\s*"info"\s*:\s*\{/.test(new TextDecoder(encoding).decode(start));
}

function fromInfo(bytes: Uint8Array): Detected {
  const info = parseObject(bytes);
  const id = named(info?.['id']);
  if (info === null || id === null || !isObject(info['time'])) return { kind: 'other' };
  return { kind: 'export', ...sessionHead(info, id) };
}
