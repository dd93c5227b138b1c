import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from './redact.ts';
import type { SecretKind } from './secret-patterns.ts';

const letters = (pattern: string, length: number) =>
  fc.array(fc.constantFrom(...pattern.split('')), { minLength: length, maxLength: length }).map((all) => all.join(''));
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const DIGITS = '0123456789';
const ALL = UPPER + UPPER.toLowerCase() + DIGITS;
const mixed = (length: number) => letters(ALL, length);
const base64 = (length: number) => letters(`${ALL}+/`, length);

/** A secret as a program issues it, with the part that must not be seen. */
const secret: fc.Arbitrary<{ shown: string; hidden: string; kind: SecretKind }> = fc.oneof(
  letters(UPPER + DIGITS, 16).map((rest) => whole('aws-key', `AKIA${rest}`)),
  mixed(36).map((rest) => whole('github-token', `ghp_${rest}`)),
  mixed(60).map((rest) => whole('github-token', `github_pat_11${rest}`)),
  mixed(24).map((rest) => whole('slack-token', `xoxb-123456789012-${rest}`)),
  mixed(24).map((rest) => ({
    kind: 'slack-webhook' as const,
    shown: `https://hooks.slack.com/services/T0000/B0000/${rest}`,
    hidden: rest,
  })),
  mixed(40).map((rest) => whole('openai-key', `sk-proj-${rest}`)),
  mixed(90).map((rest) => whole('anthropic-key', `sk-ant-api03-${rest}AA`)),
  letters(`${ALL}_-`, 35).map((rest) => whole('google-key', `AIza${rest}`)),
  mixed(36).map((rest) => whole('npm-token', `npm_${rest}`)),
  mixed(24).map((rest) => whole('stripe-key', `sk_live_${rest}`)),
  fc.tuple(mixed(30), mixed(43)).map(([body, sign]) => whole('jwt', `eyJhbGciOiJIUzI1NiJ9.eyJ${body}.${sign}`)),
  mixed(14).map((password) => ({
    kind: 'url-password' as const,
    shown: `postgres://app:${password}@db.example:5432/main`,
    hidden: password,
  })),
  mixed(30).map((token) => ({
    kind: 'url-password' as const,
    shown: `https://${token}@git.example/one.git`,
    hidden: token,
  })),
  fc.tuple(mixed(20), fc.constantFrom('1', '7')).map(([rest, digit]) => ({
    kind: 'authorization' as const,
    shown: `Authorization: Bearer ${rest}${digit}`,
    hidden: rest + digit,
  })),
  fc
    .tuple(fc.constantFrom('PASSWORD', 'DB_PASSWORD', 'apiKey', 'client_secret', 'NPM_TOKEN'), mixed(12))
    .map(([name, value]) => ({ kind: 'password' as const, shown: `${name}=${value}`, hidden: value })),
  fc
    .tuple(fc.constantFrom('password', 'apiKey', 'X-Api-Key', 'accessToken'), mixed(12))
    .map(([name, value]) => ({ kind: 'password' as const, shown: `"${name}": "${value}"`, hidden: value })),
  mixed(12).map((value) => ({
    kind: 'password' as const,
    shown: `Server=db;User Id=sa;Password=${value};Encrypt=true`,
    hidden: value,
  })),
  base64(64).map((line) => ({
    kind: 'private-key' as const,
    shown: `-----BEGIN RSA PRIVATE KEY-----\n${line}\n${line}\n-----END RSA PRIVATE KEY-----`,
    hidden: line,
  })),
  base64(64).map((line) => ({
    kind: 'private-key' as const,
    shown: `-----BEGIN OPENSSH PRIVATE KEY-----\n${line}\n`,
    hidden: line,
  })),
);

function whole(kind: SecretKind, key: string) {
  return { kind, shown: key, hidden: key };
}

/** Prose, code and marks between the secrets. */
const between = fc.oneof(
  fc.constantFrom(
    'Deploy with ',
    '. Then run it again\n',
    '\nexport ',
    ' [redacted:password] ',
    'PASSWORD=',
    '"',
    ': ',
    '@',
  ),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
);
const anyText = fc
  .array(
    fc.oneof(
      between,
      secret.map(({ shown }) => shown),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

describe('redaction', () => {
  it('lets no key of the generators survive', () => {
    fc.assert(
      fc.property(secret, ({ shown, hidden, kind }) => {
        const { text, spans } = redact(`Please use ${shown} for the deploy.`);
        expect(text).not.toContain(hidden);
        expect(text).toContain(`[redacted:${kind}]`);
        expect(text.startsWith('Please use ')).toBe(true);
        expect(text.endsWith(' for the deploy.')).toBe(true);
        expect(spans.length).toBeGreaterThan(0);
      }),
      { numRuns: 600 },
    );
  });

  it('is the same when it is done again', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = redact(text).text;
        expect(redact(once).text).toBe(once);
        expect(redact(once).spans).toEqual([]);
      }),
      { numRuns: 600 },
    );
  });

  it('changes nothing but the secrets, and is never longer than the text and a mark for each', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { text: redacted, spans, original } = redact(text);
        let at = 0;
        let back = '';
        for (const span of spans) {
          expect(span.start).toBeGreaterThanOrEqual(at);
          back += redacted.slice(at === 0 ? 0 : (spans[spans.indexOf(span) - 1]?.mark.end ?? 0), span.mark.start);
          back += text.slice(span.start, span.end);
          expect(redacted.slice(span.mark.start, span.mark.end)).toBe(`[redacted:${span.kind}]`);
          expect(original(span.mark)).toEqual({ start: span.start, end: span.end });
          at = span.end;
        }
        back += redacted.slice(spans.at(-1)?.mark.end ?? 0);
        expect(back).toBe(text);
        expect(redacted.length).toBeLessThanOrEqual(text.length + spans.length * '[redacted:authorization]'.length);
      }),
    );
  });

  it('says where words of the redacted text stood', () => {
    const message = `First set DB_PASSWORD=hunter2hunter2 and then always deploy on Fridays.`;
    const { text, original } = redact(message);
    const words = 'always deploy on Fridays';
    const start = text.indexOf(words);
    const span = original({ start, end: start + words.length });
    expect(message.slice(span.start, span.end)).toBe(words);
    const around = '[redacted:password] and then';
    const from = text.indexOf(around);
    const hidden = original({ start: from, end: from + around.length });
    expect(message.slice(hidden.start, hidden.end)).toBe('hunter2hunter2 and then');
  });

  it.each([
    'The commit is 3f786850e387550fdab836ed7e6dc881de23001b.',
    'const token: string = await getToken();',
    'const apiKey = process.env.API_KEY;',
    'PASSWORD=$DB_PASSWORD npm start',
    'password: <your password>',
    'The password: must have eight characters.',
    'max_tokens=4096 and tokenizer=bpe',
    'Press the key: Enter',
    'See https://example.com/a/b?c=d and git@github.com:one/two.git',
    'src/components/TimelineAxis/TimelineAxis2024/TimelineAxisTicks.module.css',
    'Read the basic authentication chapter, bearer of bad news.',
    '{"secret": true, "token": null, "password": "${DB_PASSWORD}"}',
  ])('leaves %j as it is', (text) => {
    expect(redact(text).text).toBe(text);
  });

  it.each([
    ['mysql --password s3cr3tpass', 'mysql --password [redacted:password]'],
    ['The password is hunter2!', 'The password is [redacted:password]'],
    ['AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'AWS_SECRET_ACCESS_KEY=[redacted:password]'],
    ['//registry.npmjs.org/:_authToken=0123abcd-0123', '//registry.npmjs.org/:_authToken=[redacted:password]'],
    ['a key q8Zr4XkV1nTg7BwLm2Pj9HdYc5Sf0AeU3iOx6RtK alone', 'a key [redacted:random-key] alone'],
  ])('turns %j into %j', (text, redacted) => {
    expect(redact(text).text).toBe(redacted);
  });
});
