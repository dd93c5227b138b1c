import { createHash } from 'node:crypto';
import * as v from 'valibot';

/** How ids and names may look on the wire: nothing that an address has to escape. */
export const VaultId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{16,64}$/));
export const ShardName = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/));
const AccessKey = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22,128}={0,2}$/));

/** What stores and logs know a vault by: SHA-256 of its id, in hex. Ids themselves are kept nowhere. */
export function vaultName(id: string): string {
  return createHash('sha256').update(`dramatis vault ${id}`).digest('hex');
}

/**
 * What is kept of the access key in an `Authorization` header: its SHA-256. The key is 256 random bits, so nothing slower is
 * needed. Null when the header holds none.
 */
export function keyHashOf(authorization: string | undefined): Uint8Array | null {
  const given = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (!v.is(AccessKey, given)) return null;
  return createHash('sha256').update(`dramatis access key ${given}`).digest();
}
