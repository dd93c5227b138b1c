import type { Version } from '../stores/vault-store.ts';
import { Refusal } from './refusal.ts';

/** `abc-3` -> `"abc-3"` */
export function etagOf(version: Version): string {
  return `"${version}"`;
}

/** What a PUT replaces: a version, or null for nothing. Throws Refusal when it doesn't say, or says it in another way. */
export function expectedOf(ifMatch: string | undefined, ifNoneMatch: string | undefined): Version | null {
  if (ifMatch === undefined && ifNoneMatch === undefined) throw new Refusal('condition-required');
  if (ifMatch !== undefined && ifNoneMatch !== undefined) {
    throw new Refusal('bad-request', {}, 'If-Match and If-None-Match exclude each other.');
  }
  if (ifMatch !== undefined) return versionIn(ifMatch);
  if (ifNoneMatch?.trim() === '*') return null;
  throw new Refusal('bad-request', {}, 'If-None-Match of a PUT must be *.');
}

/** The version in `If-Match: "…"`: one, no list and none that is weak. */
export function versionIn(ifMatch: string): Version {
  const version = /^"([\w-]{1,64})"$/.exec(ifMatch.trim())?.[1];
  if (version !== undefined) return version;
  throw new Refusal('bad-request', {}, 'If-Match must be one ETag as this relay gave it.');
}

/** Whether a GET names this ETag as one it has. A proxy may have made it weak. */
export function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  const known = (ifNoneMatch ?? '').split(',').map((each) => each.trim().replace(/^W\//, ''));
  return known.includes(etag) || known.includes('*');
}
