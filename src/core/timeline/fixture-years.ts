/**
 * Years of a busy person, written as an import would have left them: what screens and measurements with many sessions are opened
 * on. The same seed gives the same years.
 */
import { newPersona } from '../import/plan.ts';
import { itemRecord } from '../state/item-record.ts';
import { encodeCatalog, encodeTimes, monthOf, CATALOG_PREFIX, TIMES_PREFIX } from '../catalog/catalog-groups.ts';
import type { CatalogRow, SessionTimes } from '../model/agent-session.ts';
import { DAY_MS } from '../model/constants.ts';
import { groupBy } from '../model/group-by.ts';
import type { Evidence, Item, ItemKind } from '../model/item.ts';
import { bodyHash, itemId } from '../model/item.ts';
import { NO_FLAGS } from '../model/message.ts';
import { SeededRandom } from '../sources/opencode-db/fixture-random.ts';
import type { ItemRecord, MessageRecord } from '../state/records.ts';
import { emptyState, personaId } from '../state/records.ts';
import { StateKeeper } from '../state/state-keeper.ts';

export interface YearsOptions {
  readonly sessions: number;
  /** Prompts of the human: as many tool calls again are made between them. */
  readonly messages: number;
  readonly years: number;
  readonly now: number;
  readonly seed?: string;
  /** Messages that are kept, of the newest sessions. */
  readonly kept?: number;
}

export interface Years {
  readonly rows: readonly CatalogRow[];
  readonly times: readonly SessionTimes[];
  readonly messages: readonly MessageRecord[];
  readonly items: readonly ItemRecord[];
}

const AGENT = 'build';
const VERSION = '000000000-0000-fixture';
const PROJECTS = [
  'shop',
  'atlas',
  'ledger',
  'harbour',
  'kitchen',
  'observatory',
  'press',
  'theatre',
  'garden',
  'archive',
];
const DEEDS = ['Fix', 'Split', 'Measure', 'Rename', 'Explain', 'Test', 'Speed up', 'Remove', 'Document'];
const THINGS = [
  'the parser',
  'the queue',
  'the login page',
  'the price rule',
  'the search index',
  'the nightly export',
];
const KINDS: readonly ItemKind[] = ['fact', 'quote', 'quote', 'topic', 'person', 'trait'];
const HOUR_MS = 3_600_000;

/** So many in a hundred sessions are called by the one before; go on weeks later; go on for hours. */
const SUBAGENTS = 0.22;
const NECRO = 0.02;

export function makeYears({ sessions, messages, years, now, seed = 'years', kept = 400 }: YearsOptions): Years {
  const random = new SeededRandom(seed);
  const starts = Array.from({ length: sessions }, () => startIn(random, now, years)).sort((a, b) => a - b);
  const rows: CatalogRow[] = [];
  const times: SessionTimes[] = [];
  let parent: CatalogRow | null = null;
  for (const [at, begun] of starts.entries()) {
    const isCalled: boolean = parent !== null && random.chance(SUBAGENTS);
    const due = Math.max(1, Math.round(((at + 1) * messages) / sessions - (at * messages) / sessions));
    const start: number = isCalled && parent !== null ? within(random, parent, now) : begun;
    const session = makeSession(random, { at, start, now, prompts: due, parent: isCalled ? parent : null });
    if (!isCalled) parent = session.row;
    rows.push(session.row);
    times.push(session.times);
  }
  const words = keptOf(rows, times, kept);
  return { rows, times, messages: words, items: itemsOf(random, rows) };
}

/** The groups as they stand in a store. */
export function groupsOfYears({ rows, times, messages, items }: Years): Map<string, string> {
  const groups = new Map<string, string>();
  for (const [month, inMonth] of groupBy(rows, ({ startTime }) => monthOf(startTime))) {
    groups.set(CATALOG_PREFIX + month, encodeCatalog(inMonth));
  }
  const starts = new Map(rows.map(({ sessionId, startTime }) => [sessionId, startTime]));
  for (const [month, inMonth] of groupBy(times, ({ sessionId }) => monthOf(starts.get(sessionId) ?? 0))) {
    groups.set(TIMES_PREFIX + month, encodeTimes(inMonth));
  }
  const id = personaId('opencode', AGENT);
  const { record } = newPersona(id, [{ source: 'opencode', agent: AGENT }], VERSION);
  const empty = emptyState('fixture');
  const { writes } = new StateKeeper(empty, new Map()).prepare({
    ...empty,
    personas: new Map([[id, { record, messages }]]),
    items: new Map(items.map((item) => [item.id, item])),
  });
  for (const [key, text] of writes) if (text !== null) groups.set(key, text);
  return groups;
}

/** More by day than by night, more on weekdays, more of late. */
function startIn(random: SeededRandom, now: number, years: number): number {
  const days = Math.floor(years * 365 * Math.pow(random.next(), 1.3));
  const midnight = Math.floor(now / DAY_MS) * DAY_MS - days * DAY_MS;
  const weekday = new Date(midnight).getUTCDay();
  if ((weekday === 0 || weekday === 6) && random.chance(0.7)) return startIn(random, now, years);
  const hour = 8 + random.next() * 6 + random.next() * 6;
  return Math.min(now - HOUR_MS, Math.floor(midnight + hour * HOUR_MS));
}

function within(random: SeededRandom, { startTime, endTime }: CatalogRow, now: number): number {
  const length = Math.min((endTime ?? startTime) - startTime, HOUR_MS);
  return Math.min(now, Math.floor(startTime + random.next() * length * 0.8));
}

interface Draft {
  readonly at: number;
  readonly start: number;
  readonly now: number;
  readonly prompts: number;
  readonly parent: CatalogRow | null;
}

function makeSession(random: SeededRandom, { at, start, now, prompts, parent }: Draft) {
  const isNecro = parent === null && random.chance(NECRO);
  const later = isNecro ? start + random.int(16, 90) * DAY_MS : start;
  const comesBack = later !== start && later < now - HOUR_MS;
  const userMessages: number[] = [];
  const toolCalls: number[] = [];
  let time = start;
  for (let prompt = 0; prompt < prompts; prompt += 1) {
    if (comesBack && prompt === Math.ceil(prompts / 2)) time = later;
    userMessages.push(time);
    toolCalls.push(Math.min(now, time + random.int(2_000, 60_000)));
    time = Math.min(now, time + Math.floor(random.exponential(parent === null ? 240_000 : 60_000)) + 1_000);
  }
  const endTime = Math.max(toolCalls.at(-1) ?? start, userMessages.at(-1) ?? start) + 1_000;
  const sessionId = `ses_${String(at).padStart(6, '0')}`;
  const project = parent?.projectName ?? PROJECTS[Math.min(random.int(0, 9), random.int(0, 9))] ?? 'shop';
  const row: CatalogRow = {
    sessionId,
    source: 'opencode',
    parentSessionId: parent?.sessionId ?? null,
    sessionType: parent === null ? 'user' : 'subagent',
    projectPath: `/src/${project}`,
    projectName: project,
    startTime: start,
    endTime,
    messageCount: prompts * 2,
    assistantMessageCount: prompts,
    toolCallCount: toolCalls.length,
    summary: `${random.pick(DEEDS)} ${random.pick(THINGS)}`,
    startingPrompt: 'Go on.',
    userPrompts: ['Go on.'],
    store: 'opencode:fixture',
    sourceUpdated: endTime,
    sourceVersion: null,
    readThrough: endTime,
    archived: false,
    fork: false,
    agents: [{ agent: AGENT, messages: prompts * 2, firstTime: start, lastTime: endTime }],
    watch: null,
    offered: true,
  };
  return { row, times: { sessionId, userMessages, toolCalls } };
}

/** The newest prompts, each with an answer. */
function keptOf(rows: readonly CatalogRow[], times: readonly SessionTimes[], count: number): MessageRecord[] {
  const all: MessageRecord[] = [];
  const newest = times.map((each, at) => ({ each, end: rows[at]?.endTime ?? 0 })).sort((a, b) => b.end - a.end);
  for (const { each } of newest) {
    if (all.length >= count * 3) break;
    for (const [at, time] of each.userMessages.entries()) {
      all.push(message(each.sessionId, at, 'user', time), message(each.sessionId, at, 'assistant', time + 900));
    }
  }
  return all.sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1)).slice(-count);
}

function message(sessionId: string, at: number, role: 'user' | 'assistant', time: number): MessageRecord {
  const text =
    role === 'user' ? `Prompt ${at + 1}: please look at it again.` : `Answer ${at + 1}: it is as it should be.`;
  const id = `msg_${sessionId}_${at}_${role}`;
  const flags = NO_FLAGS;
  return {
    id,
    source: 'opencode',
    sessionId,
    agent: AGENT,
    role,
    time,
    text,
    flags,
    injected: false,
    version: VERSION,
  };
}

function itemsOf(random: SeededRandom, rows: readonly CatalogRow[]): ItemRecord[] {
  const items = new Map<string, ItemRecord>();
  for (const row of rows) {
    if (items.size >= 400 || row.parentSessionId !== null || !random.chance(0.4)) continue;
    const kind = random.pick(KINDS);
    const name = `${row.summary}, as of ${row.sessionId}`;
    const evidence: Evidence = {
      source: 'opencode',
      sessionId: row.sessionId,
      messageId: `msg_${row.sessionId}_0_user`,
      start: 0,
      end: 9,
      hash: bodyHash('Prompt 1:'),
      text: 'Prompt 1:',
      time: row.startTime,
    };
    const item: Item = {
      id: itemId(kind, name),
      kind,
      name,
      description: '',
      subject: kind === 'fact' ? 'human' : null,
      aliases: [],
      learnedBy: [personaId('opencode', AGENT)],
      evidence: [evidence],
      status: 'proposed',
      supersededBy: null,
      corrected: false,
      refused: [],
      created: row.startTime,
      updated: row.startTime,
    };
    items.set(item.id, itemRecord(item, undefined, VERSION, 'rules'));
  }
  return [...items.values()];
}
