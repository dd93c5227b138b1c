/** What a secret code opens: HKDF-SHA-256 makes four keys of it that tell nothing of each other, nor of the code. */
import { toBase64Url } from '../base64.ts';
import { problem, ProblemError } from '../model/problem.ts';

const SALT = 'dramatis vault 1';
const ID_BYTES = 16;
const KEY_BYTES = 32;

export interface VaultKeys {
  /** The name of the vault on the relay. */
  readonly vault: string;
  /** Lets one read and write there; the relay keeps only a hash of it. */
  readonly access: string;
  readonly encryption: CryptoKey;
  /** What a shard is called on the relay: its name would tell what is in it. */
  readonly shardId: (name: string) => Promise<string>;
}

/**
 * @param code of {@link codeOf}
 * @throws ProblemError where the browser gives no cryptography: on pages that did not come over HTTPS or from this machine
 */
export async function vaultKeys(code: Uint8Array<ArrayBuffer>): Promise<VaultKeys> {
  const { subtle } = globalThis.crypto;
  // missing, whatever the types say, on pages that are not a secure context
  if (!('subtle' in globalThis.crypto) || subtle === undefined) throw insecure();
  const secret = await subtle.importKey('raw', code, 'HKDF', false, ['deriveBits']);
  const derive = async (info: string, bytes: number): Promise<Uint8Array<ArrayBuffer>> => {
    const how = { name: 'HKDF', hash: 'SHA-256', salt: utf8(SALT), info: utf8(info) };
    return new Uint8Array(await subtle.deriveBits(how, secret, bytes * 8));
  };
  const names = await subtle.importKey(
    'raw',
    await derive('names of shards', KEY_BYTES),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  return {
    vault: toBase64Url(await derive('vault id', ID_BYTES)),
    access: toBase64Url(await derive('access key', KEY_BYTES)),
    encryption: await subtle.importKey('raw', await derive('encryption key', KEY_BYTES), 'AES-GCM', false, [
      'encrypt',
      'decrypt',
    ]),
    shardId: async (name) =>
      toBase64Url(new Uint8Array(await subtle.sign('HMAC', names, utf8(name))).subarray(0, ID_BYTES)),
  };
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function insecure(): ProblemError {
  const message = 'Sync needs encryption, which browsers give only to pages that come over HTTPS or from this machine.';
  return new ProblemError(problem('relay-refused', 'error', 'sync', message));
}
