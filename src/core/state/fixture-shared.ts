/** Arbitrary shared states for tests: what several devices may hold of one small history. */
import fc from 'fast-check';
import { DEFAULT_SETTINGS, type ProviderChoice } from '../model/extraction-settings.ts';
import { itemId } from '../model/item.ts';
import type { Evidence, ItemStatus } from '../model/item.ts';
import { ledgerKey } from '../model/ledger.ts';
import { NO_FLAGS } from '../model/message.ts';
import { headOf } from './utf8.ts';
import { chosenAt } from './join-settings.ts';
import type {
  Gone,
  ItemRecord,
  LedgerRecord,
  MessageRecord,
  PersonaRecord,
  SettingsRecord,
  TopicRecord,
} from './records.ts';
import { byTimeThenId, NOTHING_GONE } from './records.ts';
import type { SharedState } from './shared.ts';

const DEVICES = ['tower', 'laptop', 'phone'];

const stamp = fc
  .tuple(fc.nat(6), fc.nat(1), fc.constantFrom(...DEVICES))
  .map(([time, counter, device]) => `00000000${time}000${counter}${device}`);
const place = fc.nat(9).map((at) => ({ time: at * 10, id: `msg_${at}` }));

/** The text of a message as a commit read it: another commit may have read another. */
function textOf(id: string, version: string): string {
  return `${id} ${version.slice(8, 9) > '3' ? 'became' : 'was'} ${'said '.repeat(8)}`;
}

const message = fc
  .record({ at: fc.nat(9), version: stamp, clip: fc.option(fc.constantFrom(8, 16)) })
  .map(({ at, version, clip }): MessageRecord => {
    const id = `msg_${at}`;
    const text = textOf(id, version);
    const known = { id, source: 'opencode', sessionId: `ses_${at % 2}`, agent: 'build', role: 'user' } as const;
    const body = clip === null ? { text } : { text: headOf(text, clip), clippedFrom: text.length };
    return { ...known, time: at * 10, ...body, flags: NO_FLAGS, injected: false, version };
  });

const ID = 'opencode:build';
const persona = fc
  .record({
    name: fc.option(fc.constantFrom('Build', 'Smith')),
    floor: fc.option(place),
    left: fc.option(place, { freq: 4 }),
    clip: fc.option(fc.record({ units: fc.constantFrom(8, 12, 16), through: place })),
    version: stamp,
    messages: fc.uniqueArray(message, { selector: ({ id }) => id, maxLength: 6 }),
  })
  .map(({ messages, clip, ...rest }) => {
    const known = { id: ID, source: 'opencode', agent: 'build' } as const;
    const record: PersonaRecord = { ...known, clips: clip === null ? [] : [clip], ...rest };
    return { record, messages: messages.sort(byTimeThenId) };
  });

const evidence = fc.nat(20).map((at): Evidence => {
  const text = `words ${at}`;
  const where = { source: 'opencode', sessionId: `ses_${at % 2}`, messageId: `msg_${at}` } as const;
  return { ...where, start: 0, end: text.length, hash: `h${at}`, text, time: at };
});
const evidences = (minLength: number, maxLength: number): fc.Arbitrary<Evidence[]> =>
  fc
    .uniqueArray(evidence, { selector: ({ time }) => time, minLength, maxLength })
    .map((all) => all.sort((a, b) => a.time - b.time));

const item = fc
  .record({
    name: fc.constantFrom('tabs', 'spaces', 'Sarah'),
    called: fc.constantFrom('One', 'Other'),
    status: fc.constantFrom<ItemStatus[]>('proposed', 'confirmed', 'rejected', 'superseded'),
    evidence: evidences(1, 12),
    refused: evidences(0, 3),
    version: stamp,
    decided: fc.option(stamp),
    wordsSince: fc.option(stamp, { freq: 3 }),
    updated: fc.nat(9),
  })
  .map(({ name, called, ...rest }): ItemRecord => ({
    id: itemId('fact', name),
    kind: 'fact',
    name: called,
    description: '',
    subject: 'human',
    aliases: [called],
    learnedBy: [ID],
    supersededBy: rest.status === 'superseded' ? itemId('fact', 'Sarah') : null,
    corrected: false,
    created: 1,
    ...rest,
  }));

const entry = fc
  .record({
    session: fc.nat(1),
    done: fc.uniqueArray(fc.nat(9), { maxLength: 5 }),
    flags: fc.constantFrom('prof', 'prof', 'pr', 'of'),
    version: stamp,
    seen: fc.option(fc.nat(4)),
    when: fc.nat(9),
  })
  .map(({ session, done, flags, version, seen, when }): LedgerRecord => {
    const keys = done.map((at) => ledgerKey(`msg_${at}`, textOf(`msg_${at}`, version))).sort();
    return {
      sessionId: `ses_${session}`,
      through: done.length === 0 ? null : { time: 10 * Math.min(...done), id: `msg_${Math.min(...done)}` },
      messages: done.length,
      tokens: done.length * 5,
      when,
      seen: null,
      seenAnywhere: seen === null ? null : { updated: seen, readThrough: seen, spoken: 1 },
      done: done.length === 0 ? {} : { [flags]: keys.join('') },
      sealed: null,
      version,
    };
  });

const topic = fc.record({
  id: fc.constantFrom('ses_0', 'ses_1'),
  name: fc.constantFrom('Deploys', 'Tests'),
  version: stamp,
});

const settings = fc
  .record({
    provider: fc.tuple(fc.constantFrom<ProviderChoice[]>('built-in', 'openai', 'anthropic'), stamp),
    concurrency: fc.tuple(fc.nat(3), stamp),
    version: stamp,
  })
  .map(({ provider, concurrency, version }): SettingsRecord => ({
    ...DEFAULT_SETTINGS,
    provider: provider[0],
    concurrency: concurrency[0],
    chosen: { ...chosenAt(''), provider: provider[1], concurrency: concurrency[1] },
    version,
  }));

const gone = fc
  .record({
    // later than any decision: what was deleted and taken back at once, elsewhere, depends on who hears of what first
    deleted: fc.array(fc.tuple(fc.constantFrom('tabs', 'spaces'), fc.constant('0000000070000tower')), { maxLength: 1 }),
    horizon: fc.oneof(fc.constant(''), stamp),
    topics: fc.option(fc.record({ version: stamp, id: fc.constant('ses_0') }), { freq: 4 }),
  })
  .map(({ deleted, horizon, topics }): Gone => {
    const marks = deleted.filter(([, when]) => when > horizon);
    return {
      ...NOTHING_GONE,
      deleted: new Map(marks.map(([name, when]) => [itemId('fact', name), when])),
      horizon,
      topics,
    };
  });

/** Not settled yet: `settled` makes of it what a device would hold, with the flags that its ledger has. */
export const anyShared: fc.Arbitrary<SharedState> = fc
  .record({
    persona: fc.option(persona, { freq: 8 }),
    items: fc.uniqueArray(item, { selector: ({ id }) => id, maxLength: 3 }),
    ledger: fc.uniqueArray(entry, { selector: ({ sessionId }) => sessionId, maxLength: 2 }),
    topics: fc.uniqueArray(topic, { selector: ({ id }) => id, maxLength: 2 }),
    settings: fc.option(settings),
    gone,
  })
  .map(({ persona, items, ledger, topics, settings, gone }) => ({
    personas: new Map(persona === null ? [] : [[ID, persona]]),
    items: new Map(items.map((each) => [each.id, each])),
    ledger: new Map(ledger.map((each) => [each.sessionId, each])),
    topics: new Map(topics.map((each): [string, TopicRecord] => [each.id, each])),
    settings,
    gone,
  }));
