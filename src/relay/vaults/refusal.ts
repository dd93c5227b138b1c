import type { Context } from 'hono';

const REFUSALS = {
  'bad-request': [400, 'The request is not as this relay understands it.'],
  'no-key': [401, 'The access key is missing: Authorization: Bearer KEY.'],
  'no-vault': [404, 'There is no such vault for this access key.'],
  'no-shard': [404, 'There is no such shard in the vault.'],
  'too-slow': [408, 'The body came too slowly.'],
  conflict: [412, 'The shard is not at this version. Read it, merge and try again.'],
  'too-large': [413, 'A shard may have 16 MB at most.'],
  'condition-required': [
    428,
    'Say which version this replaces: If-Match: "VERSION", or If-None-Match: * for a new shard.',
  ],
  'too-many-requests': [429, 'Too many requests. Try again later.'],
  'too-much-at-once': [429, 'This address has too much on its way already. Try again in a moment.'],
  'too-many-listeners': [429, 'Too many listen to this vault already.'],
  failed: [500, 'The relay failed. Whether something was changed is not known.'],
  busy: [503, 'The relay is busy. Try again in a moment.'],
  'disk-full': [507, "The relay's disk is full. Nothing was changed."],
  'vault-full': [507, 'The vault holds as much as this relay allows. Nothing was changed.'],
} as const satisfies Record<string, readonly [number, string]>;

export type RefusalCode = keyof typeof REFUSALS;

/** Thrown on the way to an answer: a request that is not done, and why. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: RefusalCode, headers: Readonly<Record<string, string>> = {}, message: string = REFUSALS[code][1]) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.headers = headers;
  }
}

/** The answer: `{"error": code, "message": sentence}`. */
export function refused(context: Context, { code, message, headers }: Refusal): Response {
  return context.json({ error: code, message }, REFUSALS[code][0], { ...headers });
}
