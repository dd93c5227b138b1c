import { SeededRandom } from './fixture-random.ts';

const PEOPLE = ['Ada', 'Bruno', 'Chidi', 'Dana', 'Elif', 'Farid', 'Grete', 'Hugo', 'Ines', 'Jun', 'Kofi', 'Léa', 'Mei'];
const THINGS = list(
  `the cache; the retry loop; the session table; the import job; the parser; the login page; the queue;
  the price rule; the search index; the upload; the nightly export; the webhook; the date picker;
  the migration; the rate limit; the mail template; the settings screen; the build; the flaky test`,
);
const VERBS = list(`breaks; is slow; is right; needs a test; loses rows; waits too long; works; is unused`);
const WHENS = list(`after a restart; under load; on Mondays; with an empty list; in the second run; on old phones`);
const REASONS = list(
  `the clock is read twice; nobody closes the file; the lock is held across a request; the id is not unique;
  two workers claim the same row; the time zone is missing; the index starts with the wrong column`,
);
const ACTIONS = list(`I moved; I renamed; I split; I measured; I removed; I wrote a test for; I looked at`);
const OTHER_LANGUAGES = [
  'Bitte prüfe noch, ob die Größe stimmt: bei 0 Einträgen fehlt die Überschrift, und „zurück“ führt ins Leere.',
  'キャッシュを消してからもう一度実行してください。結果は同じでした。次はデータベースの索引を調べます。',
  '这个函数在没有数据时返回空值，我们需要在调用之前检查长度，然后再更新数据库里的记录。',
  'Merci, c’est bien ça. Le déploiement est prévu mardi à 8 h, préviens l’équipe avant d’appliquer la migration.',
  'Готово: тесты проходят, остался один вопрос про часовой пояс и формат даты в отчёте. 🚀',
];
const CODE_WORDS = list(
  `const; return; await; items; index; value; rows; map; filter; length; result; error; session; message; limit;
  offset; update; select; commit; branch; config; handler; request`,
);

/** Text of the look that agents and people write, cut from one seeded pool so that making gigabytes of it is quick. */
export class WordPool {
  private readonly prose: string;
  private readonly starts: number[] = [];
  private readonly listing: string;
  private readonly picture: string;

  constructor(seed: string) {
    const random = new SeededRandom(seed);
    const paragraphs = Array.from({ length: 9000 }, () => paragraph(random));
    let at = 0;
    for (const text of paragraphs) {
      this.starts.push(at);
      at += text.length + 2;
    }
    this.prose = paragraphs.join('\n\n');
    this.listing = Array.from({ length: 60_000 }, (_, i) => codeLine(random, i)).join('\n');
    this.picture = random.base62(400_000);
  }

  /** About `length` characters of prose, Markdown, code blocks and a little of other languages, ending at a word. */
  text(random: SeededRandom, length: number): string {
    const start = this.starts[random.int(0, this.starts.length - 1)] ?? 0;
    return endAtWord(repeatFrom(this.prose, start, Math.max(8, Math.floor(length))));
  }

  /** What a tool printed: numbered lines, about `length` characters. */
  output(random: SeededRandom, length: number): string {
    return repeatFrom(this.listing, random.int(0, this.listing.length - 1), Math.max(1, Math.floor(length)));
  }

  base64(random: SeededRandom, length: number): string {
    return repeatFrom(this.picture, random.int(0, this.picture.length - 1), Math.floor(length));
  }

  title(random: SeededRandom): string {
    if (random.chance(0.06)) return random.pick(['Rückgabefrist prüfen', '支払いフローの見直し', 'Größen und Maße 📐']);
    const thing = random.pick(THINGS).replace('the ', '');
    return random.pick([
      `Fix ${thing} ${random.pick(WHENS)}`,
      `Why ${thing} ${random.pick(VERBS)}`,
      `${thing.charAt(0).toUpperCase()}${thing.slice(1)} for ${random.pick(PEOPLE)}`,
      `Plan: ${thing} without downtime`,
    ]);
  }

  file(random: SeededRandom): string {
    return `src/${random.pick(CODE_WORDS)}/${random.pick(CODE_WORDS)}-${random.int(1, 40)}.ts`;
  }
}

function paragraph(random: SeededRandom): string {
  const kind = random.next();
  if (kind < 0.05) return random.pick(OTHER_LANGUAGES);
  if (kind < 0.17) return codeBlock(random);
  if (kind < 0.3) return Array.from({ length: random.int(2, 5) }, () => `- ${sentence(random)}`).join('\n');
  if (kind < 0.34) return `## ${random.pick(THINGS)} ${random.pick(WHENS)}`;
  return Array.from({ length: random.int(1, 4) }, () => sentence(random)).join(' ');
}

function sentence(random: SeededRandom): string {
  const [thing, person, n] = [random.pick(THINGS), random.pick(PEOPLE), random.int(2, 9000)];
  return random.pick([
    `It looks as if ${thing} ${random.pick(VERBS)} ${random.pick(WHENS)}, because ${random.pick(REASONS)}.`,
    `${random.pick(ACTIONS)} ${thing}; ${person} asked for it in #${n}.`,
    `Please leave ${thing} as it is until ${person} is back.`,
    `\`${random.pick(CODE_WORDS)}.ts:${n}\` says why: ${random.pick(REASONS)}.`,
    `Measured: **${n} ms** before, ${Math.ceil(n / 3)} ms now, ${random.pick(WHENS)}.`,
    `${person} prefers small commits and wants ${thing} covered first.`,
    `Could you check whether ${thing} ${random.pick(VERBS)} ${random.pick(WHENS)}?`,
  ]);
}

function codeBlock(random: SeededRandom): string {
  const lines = Array.from({ length: random.int(2, 7) }, (_, i) => codeLine(random, i));
  return `\`\`\`ts\n${lines.join('\n')}\n\`\`\``;
}

function codeLine(random: SeededRandom, number: number): string {
  const words = Array.from({ length: random.int(1, 8) }, () => random.pick(CODE_WORDS)).join(' ');
  const end = random.pick(['();', ' {', '}', ` = "${random.pick(CODE_WORDS)}";`, ' // \\n', ',', '\t=> [1, 2],']);
  return `${'\t'.repeat(random.int(0, 3))}${(number % 4000) + 1}: ${words}${end}`;
}

function repeatFrom(pool: string, start: number, length: number): string {
  let text = pool.slice(start, start + length);
  while (text.length < length) text += pool.slice(0, length - text.length);
  return text;
}

/** Never between the halves of a character, and never a blank at the end. */
function endAtWord(text: string): string {
  const cut = text.lastIndexOf(' ');
  const whole = cut > text.length - 60 && cut > 4 ? text.slice(0, cut) : text.replace(/[\uD800-\uDBFF]$/, '');
  const trimmed = whole.trimEnd();
  return trimmed === '' ? 'ok' : trimmed;
}

function list(text: string): string[] {
  return text.split(/;\s+/);
}
