/** Secrets that only their name gives away: `DB_PASSWORD=…`, `"apiKey": "…"`, `--token …`, `Pwd=…;` in a connection string. */
import type { Span } from '../model/span.ts';

const NAME = String.raw`(?<![A-Za-z0-9_.-])(?<name>[A-Za-z0-9_.-]{2,80})`;
const ASSIGNED = new RegExp(
  String.raw`${NAME}\\?["']?[ \t]{0,8}(?<sign>:=|=>|=|:)[ \t]{0,8}(?:\\?"(?<double>[^"\\\n]{1,400})|'(?<single>[^'\n]{1,400})'|(?<bare>[^\s"'${'`'},;<>()[\]{}|\\]{3,400}))`,
  'dg',
);
const OPTION =
  /(?<![A-Za-z0-9-])--?(?<name>[A-Za-z][A-Za-z0-9-]{1,40})[ \t]+["']?(?<bare>[^\s"'`<>$-][^\s"'`<>]{5,400})/dg;

const SECRET_WORDS: ReadonlySet<string> = new Set([
  'password',
  'passwd',
  'pwd',
  'pass',
  'passphrase',
  'secret',
  'token',
  'credential',
  'credentials',
  'apikey',
  'accesskey',
  'secretkey',
  'privatekey',
  'accountkey',
  'authkey',
  'sharedkey',
  'signingkey',
  'encryptionkey',
  'authtoken',
  'accesstoken',
  'refreshtoken',
]);
/** `API_KEY`, `access-key`: two words that are a secret's only together. */
const KEY_OWNERS: ReadonlySet<string> = new Set([
  'api',
  'access',
  'secret',
  'private',
  'account',
  'auth',
  'shared',
  'signing',
  'encryption',
  'master',
  'service',
]);
/** Variables, placeholders, types and calls: what stands where a secret will be. */
const NOT_A_SECRET =
  /^(?:\[redacted:.*|\$\{?[A-Za-z_]\w*\}?|\$\{\{.*|%\w+%|<[^>]*>?|\{\{?.*|\*+|x{3,}|\.{3,}|true|false|null|none|nil|undefined|string|number|boolean|unknown|any|required|optional|changeme|example|your[-_ ].*|(?:process|import|os|self|this|config|settings|request|req|args|options)\..*)$/i;
const SAID =
  /\b(?<name>password|passphrase|token|secret|api key|pass)[ \t]+(?:is|was)[: \t]{1,4}["'`]?(?<bare>[^\s"'`<>]{6,400})/dgi;

/** Where values of assignments stand whose name says they are secret. */
export function assignedSecrets(text: string): Span[] {
  return [...assignments(text, ASSIGNED), ...assignments(text, OPTION), ...said(text)];
}

function* assignments(text: string, pattern: RegExp): Generator<Span> {
  for (const match of text.matchAll(pattern)) {
    const { name = '', sign = '=' } = match.groups ?? {};
    if (!namesSecret(name)) continue;
    for (const form of ['double', 'single', 'bare']) {
      const value = match.groups?.[form];
      const at = match.indices?.groups?.[form];
      if (value === undefined || at === undefined) continue;
      if (isSecretValue(value, form === 'bare', sign, name)) yield { start: at[0], end: at[1] };
    }
  }
}

/** True for `DB_PASSWORD`, `apiKey`, `npm_config__authToken`; false for `max_tokens`, `tokenizer`, `keyboard`. */
function namesSecret(name: string): boolean {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  return words.some((word, at) => {
    if (SECRET_WORDS.has(word)) return true;
    const before = words[at - 1];
    return word === 'key' && before !== undefined && KEY_OWNERS.has(before);
  });
}

/** "The password is hunter2": only what looks like no word. */
function* said(text: string): Generator<Span> {
  for (const match of text.matchAll(SAID)) {
    const { bare = '' } = match.groups ?? {};
    const at = match.indices?.groups?.['bare'];
    if (at !== undefined && isMixed(bare) && !NOT_A_SECRET.test(bare)) yield { start: at[0], end: at[1] };
  }
}

/** Prose and types have colons too (`password: must be long`): a bare word after one must look like no word. */
function isSecretValue(value: string, isBare: boolean, sign: string, name: string): boolean {
  if (NOT_A_SECRET.test(value)) return false;
  if (/^\d{1,9}$/.test(value) && /token/i.test(name)) return false;
  if (!isBare) return value.trim().length >= 4;
  if (value.length < 4) return false;
  if (sign === ':') return value.length >= 6 && isMixed(value);
  return !/^[A-Za-z_]+\.[A-Za-z_.]+$/.test(value);
}

function isMixed(value: string): boolean {
  return /\d/.test(value) && /\D/.test(value);
}
