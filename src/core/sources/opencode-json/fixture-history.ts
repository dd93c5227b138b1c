/** For tests: a history of known content, the same for the same seed, in the words of OpenCode's JSON. */
import { IdMaker, SeededRandom } from '../opencode-db/fixture-random.ts';

export interface FixturePart {
  readonly id: string;
  readonly json: Readonly<Record<string, unknown>>;
}

export interface FixtureMessage {
  readonly id: string;
  readonly json: Readonly<Record<string, unknown>>;
  readonly parts: readonly FixturePart[];
  /** What must be read of it. */
  readonly truth: {
    readonly role: string;
    readonly agent: string;
    readonly time: number;
    readonly text: string;
    readonly tools: readonly number[];
  };
}

export interface FixtureSession {
  readonly id: string;
  readonly projectId: string;
  readonly directory: string;
  readonly json: Readonly<Record<string, unknown>>;
  /** By time and id. */
  readonly messages: readonly FixtureMessage[];
}

export interface HistorySpec {
  readonly seed: string;
  readonly sessions: number;
  /** Most messages of a session; some have none. */
  readonly messages: number;
}

const START = Date.UTC(2025, 8, 1, 9);
const AGENTS = ['build', 'plan', 'Reviewer'];
const FOLDERS = ['/home/dev/projects/shop', '/home/dev/notes', String.raw`C:\Users\dev\atlas`];
const WORDS = ['cart', 'Grüße', 'WAL', 'checkout', 'naïve', '東京', 'retry', 'a "quoted" {brace}', 'line\nbreak', '\\'];

/** Sessions with all that a reader must tell apart: texts that count and such that do not, tools, files, sub-agents. */
export function makeHistory({ seed, sessions, messages }: HistorySpec): FixtureSession[] {
  const random = new SeededRandom(seed);
  const ids = new IdMaker(random);
  const made: FixtureSession[] = [];
  for (let i = 0; i < sessions; i++) {
    const parent = random.chance(0.2) ? (made.at(-1)?.id ?? null) : null;
    made.push(makeSession(random, ids, START + i * 3_600_000, random.int(0, messages), parent));
  }
  return made;
}

function makeSession(
  random: SeededRandom,
  ids: IdMaker,
  start: number,
  count: number,
  parent: string | null,
): FixtureSession {
  const id = ids.next('ses', start);
  const directory = random.pick(FOLDERS);
  const messages: FixtureMessage[] = [];
  for (let i = 0; i < count; i++) messages.push(makeMessage(random, ids, id, directory, start + i * 1000, i % 2 === 0));
  const json = {
    id,
    version: '1.0.61',
    projectID: projectOf(directory),
    directory,
    ...(parent === null ? {} : { parentID: parent }),
    title: `Session ${words(random)}`,
    time: { created: start, updated: start + count * 1000, ...(random.chance(0.1) ? { archived: start + 1 } : {}) },
  };
  return { id, projectId: json.projectID, directory, json, messages };
}

function makeMessage(
  random: SeededRandom,
  ids: IdMaker,
  sessionID: string,
  cwd: string,
  time: number,
  byPerson: boolean,
): FixtureMessage {
  const id = ids.next('msg', time);
  const agent = random.pick(AGENTS);
  const texts: string[] = [];
  const tools: number[] = [];
  const parts = partsOf(random, byPerson, time, texts, tools).map((json) => {
    const part = { id: ids.next('prt', time), sessionID, messageID: id, ...json };
    return { id: part.id, json: part };
  });
  const json = byPerson
    ? { id, sessionID, role: 'user', time: { created: time }, agent }
    : { id, sessionID, role: 'assistant', time: { created: time, completed: time + 900 }, mode: agent, path: { cwd } };
  const role = byPerson ? 'user' : 'assistant';
  return { id, json, parts, truth: { role, agent: agent.toLowerCase(), time, text: texts.join('\n\n'), tools } };
}

/** Fills `texts` and `tools` with what counts of the parts. */
function partsOf(
  random: SeededRandom,
  byPerson: boolean,
  time: number,
  texts: string[],
  tools: number[],
): Record<string, unknown>[] {
  const said = (more: Record<string, unknown> = {}): Record<string, unknown> => {
    const text = words(random);
    if (Object.keys(more).length === 0) texts.push(text);
    return { type: 'text', text, ...more };
  };
  const parts = [said()];
  if (random.chance(0.2)) parts.push(said({ synthetic: true }), said({ ignored: true }), { type: 'text', text: ' \n' });
  if (random.chance(0.1))
    parts.push({ type: 'file', mime: 'image/png', url: `data:image/png;base64,${random.hex(64)}` });
  if (!byPerson) {
    parts.unshift({ type: 'step-start' });
    if (random.chance(0.5)) {
      tools.push(time + 5);
      const state = { status: 'completed', input: {}, output: words(random), time: { start: time + 5, end: time + 9 } };
      parts.push({ type: 'tool', tool: 'bash', callID: 'call_1', state });
    }
    if (random.chance(0.5)) parts.push(said());
    parts.push({ type: 'step-finish', cost: 0, tokens: {} });
  }
  return parts;
}

function words(random: SeededRandom): string {
  return Array.from({ length: random.int(1, 6) }, () => random.pick(WORDS)).join(' ');
}

function projectOf(directory: string): string {
  return directory.includes('notes') ? 'global' : directory.length.toString(16).padStart(40, '5b8d');
}
