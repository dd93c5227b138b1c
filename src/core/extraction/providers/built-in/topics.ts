/** Technologies that are named in prose. */
import { LANGUAGE_WORDS, LANGUAGES } from './gazetteer-languages.ts';
import { SYSTEM_WORDS, SYSTEMS } from './gazetteer-systems.ts';
import { WEB, WEB_WORDS } from './gazetteer-web.ts';
import type { Statement } from './statement.ts';

export interface NamedTopic {
  readonly name: string;
  /** Into the message. */
  readonly start: number;
  readonly end: number;
}

/** Ordinary words that are given in small letters still need a reason to be taken for the tool. */
const NAMES = new Map<string, string>();
const WORDS = new Map<string, string>();
let longest = 1;

for (const [lines, into] of [
  [LANGUAGES, NAMES],
  [WEB, NAMES],
  [SYSTEMS, NAMES],
  [LANGUAGE_WORDS, WORDS],
  [WEB_WORDS, WORDS],
  [SYSTEM_WORDS, WORDS],
] as const) {
  for (const line of lines.trim().split('\n')) {
    const [name = '', ...others] = line.split('|');
    for (const written of [name, ...others]) {
      const key = written.toLowerCase();
      if (!into.has(key)) into.set(key, name);
      longest = Math.max(longest, key.split(' ').length);
    }
  }
}

/** Common names where the gazetteer has a longer or shorter form. */
const COMMON: ReadonlyMap<string, string> = new Map([
  ['ReactJS', 'React'],
  ['Travis', 'Travis CI'],
  ['Node', 'Node.js'],
  ['Pandas', 'pandas'],
  ['Bert', 'BERT'],
  ['Bun.js', 'Bun'],
  ['Express.js', 'Express'],
  ['Rocket.rs', 'Rocket'],
  ['Unreal', 'Unreal Engine'],
]);

const TOKEN = /\.?[\p{L}\p{N}](?:[\p{L}\p{N}_+#'’]|[.-](?=[\p{L}\p{N}]))*/gu;
const TOOL_NOUN =
  /^\s+(?:v?\d|apps?\b|components?\b|hooks?\b|projects?\b|code\b|binar|modules?\b|services?\b|clients?\b|servers?\b|librar|plugins?\b|bindings?\b|backends?\b|frontends?\b|versions?\b|clusters?\b|containers?\b|images?\b|(?:deploy )?scripts?\b|charts?\b|deploy|routes?\b|router\b|programs?\b|runtime\b|users?\b|devs?\b|developers?\b|side\b|exports?\b|sheets?\b|workers?\b)/i;
const TOOL_BEFORE =
  /(?:\b(?:in|with|using|uses?|used|vs\.?|than|over|via|learn|learning|prefers?|love|hate|to|from|for|on|written|know|and|or|our|of)|[+/,&])\s*$/i;
const SURE_BEFORE =
  /\b(?:(?:written|coded|built|implemented|port(?:ed)?|rewrit(?:e|ten)|program(?:ming)?|experience|fluent) (?:it |them |this )?(?:in|to|with|from)|using|with)\s*$/i;

const remembered = new WeakMap<Statement, readonly NamedTopic[]>();

/** Each technology once a statement, where it stands first. */
export function topicsIn(statement: Statement): readonly NamedTopic[] {
  const known = remembered.get(statement) ?? look(statement);
  remembered.set(statement, known);
  return known;
}

/** Whether some words of a statement name one. */
export function namesTopic(words: string): boolean {
  return /\p{L}/u.test(words) && look({ text: words, start: 0 }).length > 0;
}

function look(statement: Pick<Statement, 'text' | 'start'>): NamedTopic[] {
  const tokens = [...statement.text.matchAll(TOKEN)];
  const found = new Map<string, NamedTopic>();
  for (let at = 0; at < tokens.length;) {
    const [name, length] = topicAt(statement, tokens, at);
    const first = tokens[at];
    const last = tokens[at + length - 1];
    if (name !== null && first !== undefined && last !== undefined && !found.has(name)) {
      const start = statement.start + first.index;
      found.set(name, { name, start, end: statement.start + last.index + written(last[0]).length });
    }
    at += length;
  }
  return [...found.values()];
}

/** Whom one works for is no tool. */
const EMPLOYER =
  /\b(?:work(?:s|ed|ing)?|jobs?|employed|intern(?:ed|ship)?|career|position|interview|hired|engineer|developer|manager|designer|consultant)(?: \w+)? (?:at|for|by)\s+$/i;

function topicAt(
  { text }: Pick<Statement, 'text'>,
  tokens: readonly RegExpExecArray[],
  at: number,
): readonly [name: string | null, tokens: number] {
  for (let length = Math.min(longest, tokens.length - at); length >= 1; length--) {
    const first = tokens[at];
    const last = tokens[at + length - 1];
    if (first === undefined || last === undefined) continue;
    if (EMPLOYER.test(text.slice(Math.max(0, first.index - 50), first.index))) continue;
    const end = last.index + written(last[0]).length;
    const stretch = text.slice(first.index, end).replace(/\s+/g, ' ');
    const key = stretch.toLowerCase();
    const sure = NAMES.get(key);
    if (sure !== undefined && isOwnWord(text, first.index, end) && !isOrdinary(key, stretch))
      return [COMMON.get(sure) ?? sure, length];
    const word = WORDS.get(key);
    if (word !== undefined && isOwnWord(text, first.index, end) && isMeant(text, first.index, stretch))
      return [COMMON.get(word) ?? word, length];
    const parts = length === 1 ? partsOf(stretch) : null;
    if (parts !== null) return [parts, 1];
  }
  return [null, 1];
}

/** `postgres:16`, `React18`: the name before the version. */
function partsOf(word: string): string | null {
  const bare = /^([A-Za-z.]{3,})[-:@]?v?\d[\d.]*$/.exec(word)?.[1]?.toLowerCase();
  const name = bare === undefined ? undefined : (NAMES.get(bare) ?? WORDS.get(bare));
  return name === undefined ? null : (COMMON.get(name) ?? name);
}

const PATH =
  /^\(?(?:[.~]{0,2}\/|(?:src|lib|libs|app|apps|packages|docs|doc|test|tests|node_modules|cmd|internal|pkg|scripts|config|infra|deploy|services|tools|vendor|etc|usr|var|home|opt)\/)|\/.*\.\w{1,5}[.,;:)]*$/;
/** Without the "'s" after it. */
function written(token: string): string {
  return token.replace(/['’](?:s|re|ll|d|ve|t)?$/i, '');
}

/** Not a part of a path, an address, a flag or an option. */
function isOwnWord(text: string, start: number, end: number): boolean {
  if (text.charAt(start - 1) === '/' || text.charAt(end) === '/') {
    const from = text.lastIndexOf(' ', start) + 1;
    const to = text.indexOf(' ', end);
    if (PATH.test(text.slice(from, to === -1 ? text.length : to))) return false;
  }
  const before = text.slice(Math.max(0, start - 1), start);
  const after = text.slice(end, end + 2);
  if (/[@#$_\\~=]|[.-]$/.test(before) && before !== '') return /^\s$/.test(before);
  if (before === '/' && !/[\p{L}\p{N}]\/$/u.test(text.slice(Math.max(0, start - 2), start))) return false;
  return !/^(?:[\\_=@]|\.\w|\/\w*\.|\()/.test(after);
}

/** Names that are words when written in small letters. */
const SMALL_WORDS: ReadonlySet<string> = new Set(
  'ada|pascal|groovy|delphi|racket|elm|gleam|poetry|ruff|conda|cargo|gin|shiny|boost|babel|apollo|relay|remix|sanity|parcel|bootstrap|leaflet|lit|astro|hugo|biome|volta|mocha|jasmine|karma|cypress|puppet|cassandra|hapi|pug|mustache|liquid|handlebars|lighthouse|loki|envoy|caddy|consul|packer|vagrant|neon|spark|looker|superset|honeycomb|salt|gemini|mistral|llama|whisper|codex|claude|zoom|slack|discord|helix|sentry|unity|unreal|capacitor|expo|lexical|monaco|storm|drizzle|yarn|electron|prefect|sphinx|safari|obsidian|blender|postman|stripe|restic|chakra|redux|turso|pulsar|samba|zephyr|rails|git|vim|emacs|gazebo|jetson|iam|lsf|outlook|doctrine|eloquent|flutter|celery|flask|django|apache|ceph|nim|zig|perl|maven|gradle|aws|ecs|rds|can bus|tailwind|svelte|swagger|sass|ble|ros|uv|ionic|cordova'.split(
    '|',
  ),
);
/** Of those, the ones that hardly ever mean anything else. */
const SMALL_TOOLS: ReadonlySet<string> = new Set(
  'git|vim|emacs|rails|aws|django|perl|maven|gradle|flutter|tailwind|svelte|swagger|sass|redux|yarn|electron|cypress|flask|celery|apache|ros|uv|cordova|ecs|rds|zig|slack|discord|conda'.split(
    '|',
  ),
);

function isOrdinary(key: string, stretch: string): boolean {
  return SMALL_WORDS.has(key) && !SMALL_TOOLS.has(key) && stretch === key;
}

/** A capital inside a sentence, or words around it that only a tool has. */
function isMeant(text: string, start: number, stretch: string): boolean {
  const before = text.slice(Math.max(0, start - 40), start);
  const after = text.slice(start + stretch.length, start + stretch.length + 20);
  const isCapital = /^\p{Lu}/u.test(stretch);
  const isFirst = /(?:^|[.:!?"(]\s*)$/.test(before);
  const isLetter = stretch.length === 1;
  if (isLetter)
    return (
      isCapital && (SURE_BEFORE.test(before) || /^\s+(?:code|program|library|compiler|script|package)s?\b/.test(after))
    );
  if (isCapital && !isFirst) return true;
  if (TOOL_NOUN.test(after) && !/^(?:make|access|word|buffer|segment|sketch|render|process)/i.test(stretch))
    return true;
  if (isCapital)
    return /^(?:\s+(?:or|and|vs\.?|doesn't|does|is|has|won't|can't|can)\b|,)/.test(after) && stretch.length > 2;
  if (/^(?:node|excel|windows|helm|react|golang)$/i.test(stretch))
    return TOOL_BEFORE.test(before) || stretch === 'golang';
  return SURE_BEFORE.test(before) && /^(?:go|rust|swift|dart|ruby|julia|spring|express|phoenix|bun)$/i.test(stretch);
}
