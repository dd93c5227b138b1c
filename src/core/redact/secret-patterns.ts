/**
 * What secrets look like when their form alone tells. Each pattern is linear in the text: it begins with fixed letters or at
 * a border, and no two of its repeats can match the same character. A group named `secret` narrows what is hidden.
 */
export type SecretKind =
  | 'private-key'
  | 'aws-key'
  | 'github-token'
  | 'gitlab-token'
  | 'slack-token'
  | 'slack-webhook'
  | 'anthropic-key'
  | 'openai-key'
  | 'google-key'
  | 'npm-token'
  | 'stripe-key'
  | 'service-token'
  | 'jwt'
  | 'url-password'
  | 'authorization'
  | 'password'
  | 'random-key';

export interface SecretPattern {
  readonly kind: SecretKind;
  readonly pattern: RegExp;
}

/** Where a word of letters, digits, `_` or `-` may begin and end: `\b` would take `-` and `_` for something else. */
const BEGIN = String.raw`(?<![A-Za-z0-9])`;
const WORD_END = String.raw`(?![A-Za-z0-9])`;

const word = (kind: SecretKind, body: string, end = WORD_END): SecretPattern => ({
  kind,
  pattern: new RegExp(`${BEGIN}(?:${body})${end}`, 'dg'),
});

/** A block that was cut off is hidden as far as its lines are base64. */
const PRIVATE_KEY =
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:(?:(?!-----BEGIN)[\s\S])*?-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|(?:[\s\\nr]*[A-Za-z0-9+/=]{16,})*)/dg;

export const SECRET_PATTERNS: readonly SecretPattern[] = [
  { kind: 'private-key', pattern: PRIVATE_KEY },
  word('private-key', 'AGE-SECRET-KEY-1[A-Z0-9]{50,}'),
  word('aws-key', '(?:AKIA|ASIA|AROA|AIDA|ABIA|ACCA)[A-Z0-9]{16}'),
  word('github-token', 'gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{22,}'),
  word('gitlab-token', 'gl(?:pat|ptt|dt|rt|cbt|ft|soat)-[A-Za-z0-9_.-]{20,}', ''),
  word('slack-token', 'xox[abcdeoprs]-[A-Za-z0-9-]{10,}|xapp-[0-9]-[A-Za-z0-9-]{10,}', ''),
  {
    kind: 'slack-webhook',
    pattern: /https:\/\/hooks\.slack\.com\/(?:services|workflows)\/(?<secret>[A-Za-z0-9_/+-]{20,})/dg,
  },
  word('anthropic-key', 'sk-ant-[A-Za-z0-9_-]{16,}', ''),
  word('openai-key', 'sk-(?!ant-)[A-Za-z0-9_-]{20,}', ''),
  word('google-key', String.raw`AIza[0-9A-Za-z_-]{35}|ya29\.[0-9A-Za-z_-]{20,}|GOCSPX-[0-9A-Za-z_-]{20,}`, ''),
  word('npm-token', 'npm_[A-Za-z0-9]{36,}'),
  word('stripe-key', '[rs]k_(?:live|test)_[A-Za-z0-9]{16,}|whsec_[A-Za-z0-9+/=]{16,}', ''),
  word(
    'service-token',
    String.raw`hf_[A-Za-z0-9]{30,}|dop_v1_[a-f0-9]{64}|pypi-[A-Za-z0-9_-]{50,}|SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}|dckr_pat_[A-Za-z0-9_-]{20,}|gsk_[A-Za-z0-9]{40,}|xai-[A-Za-z0-9]{40,}|r8_[A-Za-z0-9]{30,}|shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}|lin_api_[A-Za-z0-9]{32,}|figd_[A-Za-z0-9_-]{30,}|AC[a-f0-9]{32}|[0-9]{8,10}:AA[A-Za-z0-9_-]{33}`,
    '',
  ),
  word('jwt', String.raw`eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?`, ''),
  {
    kind: 'url-password',
    pattern: /[A-Za-z][A-Za-z0-9+.-]{1,20}:\/\/[^\s:@/?#"'`<>]{0,200}:(?<secret>[^\s@/"'`<>]{1,200})@/dg,
  },
  { kind: 'url-password', pattern: /[A-Za-z][A-Za-z0-9+.-]{1,20}:\/\/(?<secret>[A-Za-z0-9_.~%-]{20,200})@/dg },
  {
    kind: 'authorization',
    pattern:
      /(?<![A-Za-z])(?:[Bb]earer|BEARER|[Bb]asic|BASIC)[ \t]+(?<secret>(?=[A-Za-z_.~+/-]{0,200}[0-9=])[A-Za-z0-9_.~+/=-]{16,})/dg,
  },
];
