import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { TranscriptMessage, TranscriptPart } from '../../model/transcript.ts';
import { redact } from '../../redact/redact.ts';
import { anyMessage, SESSION } from '../fixture-messages.ts';
import { textsOf } from '../part-texts.ts';
import { redactMessage } from '../redact-message.ts';
import type { ExportFormat } from './export-head.ts';
import { EXPORT_FORMATS } from './export-head.ts';
import { exportTranscript } from './export-transcript.ts';

async function exported(message: TranscriptMessage, format: ExportFormat, isRedacted = false): Promise<string> {
  let text = '';
  for await (const piece of exportTranscript(SESSION, [message], { format, redact: isRedacted })) text += piece;
  return text;
}

/** What a reader of the file reads: HTML without its tags, Markdown without its marks of quotes and diffs. */
const READ: Readonly<Record<ExportFormat, (text: string) => string>> = {
  md: (text) => text.replace(/^(?:> ?|[-+ ])/gm, ''),
  html: (text) => unescaped(text.replace(/<[^>]*>/g, '')),
  json: (text) => JSON.stringify(allTexts(JSON.parse(text))),
};

function unescaped(text: string): string {
  const characters: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
  return text.replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => characters[name] ?? '');
}

function allTexts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(allTexts) : [];
}

/** Words that no format may swallow, with everything around them that formats use themselves. */
const word = fc.stringMatching(/^[a-zäß]{3,9}$/);
const mark = fc.constantFrom(
  '<',
  '>',
  '&',
  '"',
  "'",
  '```',
  '# ',
  '> ',
  '- ',
  '+ ',
  '[x](',
  '\\',
  '\n',
  '\n\n',
  '</pre>',
  ' ',
);
const markedText = fc
  .array(fc.oneof({ weight: 2, arbitrary: word }, { weight: 1, arbitrary: mark }), { minLength: 1, maxLength: 12 })
  .map((pieces) => pieces.join(''));

it('no word of a message is lost in any format', async () => {
  await fc.assert(
    fc.asyncProperty(anyMessage(markedText), fc.constantFrom(...EXPORT_FORMATS), async (message, format) => {
      const read = READ[format](await exported(message, format));
      for (const part of message.parts)
        for (const text of textsOf(part))
          for (const found of text.match(/[a-zäß]{3,}/g) ?? []) expect(read).toContain(found);
    }),
    { numRuns: 400 },
  );
});

function messageOf(part: TranscriptPart): TranscriptMessage {
  const nothing = { end: null, model: null, tokens: null, cost: null, reverted: false };
  return { id: 'msg_1', role: 'assistant', agent: 'build', time: 0, ...nothing, parts: [part] };
}

it('a picture does not leave its brackets in Markdown, whatever its address holds', async () => {
  const data = 'data:image/svg+xml,<svg/>)\n\n## You';
  const file = { mime: 'image/svg+xml', name: 'a\n\n# b', place: '', data, size: 1 };
  const markdown = await exported(messageOf({ kind: 'attachment', id: 'prt_1', ...file }), 'md');
  expect(markdown).toContain('![a # b, image/svg+xml](data:image/svg+xml,%3csvg/%3e%29%0a%0a##%20You)\n');
});

it.each([
  ['```ts\nlet a = 1;', '```'],
  ['~~~~\n```\na\n~~~', '~~~~'],
  // the list ends, and with it what stands in it
  ['1. First:\n   ```\n   a', ''],
  ['  ```\na\n```', ''],
  ['```\n``` no end\n````', ''],
])('a fence that %j leaves open does not take in what comes after it', async (text, end) => {
  const message = messageOf({ kind: 'text', id: 'prt_1', text, spoken: true });
  const markdown = await exported(message, 'md');
  expect(markdown.slice(markdown.indexOf(text) + text.length)).toBe(end === '' ? '\n' : `\n${end}\n`);
});

it('whole lines of what was said and given stand in Markdown as they are', async () => {
  await fc.assert(
    fc.asyncProperty(anyMessage(markedText), async (message) => {
      const [part] = message.parts;
      if (part?.kind !== 'text') return;
      expect(await exported(message, 'md')).toContain(part.text);
    }),
  );
});

it('no text of a message becomes an element or leaves an attribute of the HTML', async () => {
  const evil = fc.constantFrom(
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onload='x",
    '</style><b>',
    '<a href="https://example.org/">',
    '--><iframe>',
    '&lt;b&gt;',
  );
  await fc.assert(
    fc.asyncProperty(
      anyMessage(fc.array(evil, { minLength: 1, maxLength: 3 }).map((all) => all.join(''))),
      async (message) => {
        const html = await exported(message, 'html');
        const body = html.slice(html.indexOf('<main>'));
        const names = [...body.matchAll(/<\/?([a-z0-9]+)/gi)].map(([, name]) => name);
        const own = [
          'main',
          'article',
          'header',
          'h2',
          'time',
          'p',
          'div',
          'details',
          'summary',
          'pre',
          'span',
          'b',
          'i',
          'strong',
          'code',
          'body',
          'html',
        ];
        expect(names.filter((name) => !own.includes(name ?? ''))).toEqual([]);
        expect(body).not.toMatch(/<[^>]*\son\w+=/);
        // what stands in a quoted attribute ends where we end it
        for (const [tag] of body.matchAll(/<[a-z][^>]*>/g))
          expect(tag).toMatch(/^<[a-z0-9]+(?: [a-z-]+="[^"<>]*"| open)*>$/);
      },
    ),
    { numRuns: 300 },
  );
});

it('the HTML asks for nothing: a policy that forbids it, and no address in it', async () => {
  const file = { mime: 'image/png', name: 'a.png', data: null, place: 'https://example.org/a.png', size: null };
  const parts = [{ kind: 'attachment' as const, id: 'p', ...file }];
  const [message] = fc.sample(anyMessage(fc.constant('x')), 1);
  if (message === undefined) throw new Error('no message');
  const html = await exported({ ...message, parts }, 'html');
  expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; img-src data:;`);
  expect(html).not.toMatch(/(?:src|href|url)\s*[=(]\s*["']?https?:/);
  expect(html).toContain('https://example.org/a.png');
});

/** Of every kind that is known by its form. */
const SECRETS = [
  'AKIAIOSFODNN7EXAMPLE',
  'ghp_abcdefghijklmnopqrstuvwxyz0123456789',
  'glpat-abcdefghij0123456789',
  'xoxb-123456789012-abcdefghijkl',
  'sk-ant-api03-abcdefghijklmnop0123456789',
  'sk-proj-abcdefghijklmnop0123456789',
  'AIzaSyA1234567890abcdefghijklmnopqrstuv',
  'npm_abcdefghijklmnopqrstuvwxyz0123456789',
  'sk_live_abcdefghijklmnop0123',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abcdefghijk',
  'https://nora:hunter2secret@example.org/repo',
];
const secretText = fc
  .record({
    before: fc.constantFrom('', 'key: ', 'export TOKEN=', '{"token": "', '\n'),
    secret: fc.constantFrom(...SECRETS),
  })
  .map(({ before, secret }) => `${before}${secret}${before.endsWith('"') ? '"}' : ''}`);

it('a secret of a known kind is in no redacted export, and the preview shows each that is hidden', async () => {
  await fc.assert(
    fc.asyncProperty(anyMessage(secretText), fc.constantFrom(...EXPORT_FORMATS), async (message, format) => {
      const text = await exported(message, format, true);
      const bare = SECRETS.map((secret) => /\/\/nora:(.*)@/.exec(secret)?.[1] ?? secret);
      for (const secret of bare) expect(text).not.toContain(secret);
      const places: string[] = [];
      redactMessage(message, ({ before, mark: hidden, after }) => places.push(before + hidden + after));
      expect(places.length).toBeGreaterThan(0);
      for (const place of places) for (const secret of bare) expect(place).not.toContain(secret);
    }),
    { numRuns: 300 },
  );
});

it('a private key does not leak through the lines of a diff', async () => {
  const key = [
    '-----BEGIN PRIVATE KEY-----',
    'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC',
    'BKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj',
    '-----END PRIVATE KEY-----',
  ];
  const [message] = fc.sample(anyMessage(fc.constant('x')), 1);
  if (message === undefined) throw new Error('no message');
  const hunks = [{ oldStart: 1, newStart: 1, old: key.join('\n'), new: 'nothing' }];
  const tool = { name: 'edit', title: '', status: 'completed', input: '', output: '', error: '' } as const;
  const detail = { kind: 'edit', path: 'a', hunks } as const;
  const part = { kind: 'tool' as const, id: 'p', ...tool, start: null, end: null, detail, attachments: [] };
  for (const format of EXPORT_FORMATS) {
    const text = await exported({ ...message, parts: [part] }, format, true);
    for (const line of key.slice(1, 3)) expect(text).not.toContain(line);
  }
});

it('redacting twice changes nothing', () => {
  fc.assert(
    fc.property(anyMessage(secretText), (message) => {
      const once = redactMessage(message);
      expect(redactMessage(once)).toEqual(once);
      for (const part of once.parts) for (const text of textsOf(part)) expect(redact(text).spans).toEqual([]);
    }),
  );
});

it('what a sub-agent was told is said to be its task, not the person’s words', async () => {
  const message = fc.sample(anyMessage(fc.constant('words')), { numRuns: 1, seed: 7 })[0];
  if (message === undefined) throw new Error('no message was made');
  const told = { ...message, role: 'user' as const };
  for (const format of ['md', 'html'] as const) {
    let text = '';
    const session = { ...SESSION, sessionType: 'subagent' as const };
    for await (const piece of exportTranscript(session, [told], { format, redact: false })) text += piece;
    expect(text).toMatch(/(## |<h2>)Task/);
    expect(await exported(told, format)).toMatch(/(## |<h2>)You/);
  }
});
