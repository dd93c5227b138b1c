/** Items, the ledger and the settings as text: like messages, short rows that point into tables. */
import * as v from 'valibot';
import type { Evidence } from '../model/item.ts';
import { ITEM_KINDS } from '../model/item.ts';
import type { SessionSeen } from '../model/ledger.ts';
import { chosenAt } from './join-settings.ts';
import { compareSeen } from './ledger-keys.ts';
import type { Gone, ItemRecord, LedgerRecord, SettingsRecord } from './records.ts';
import { at, decodePlace, encodePlace, placeRow, SCHEMA, Table } from './serialise.ts';

const strings = v.array(v.string());

/** source, session, message, start, end, hash, text, time */
const evidenceRow = v.tuple([
  v.picklist(['opencode', 'claude']),
  v.number(),
  v.string(),
  v.number(),
  v.number(),
  v.string(),
  v.string(),
  v.number(),
]);

const itemGroup = v.object({
  schema: v.literal(SCHEMA),
  sessions: strings,
  versions: strings,
  items: v.array(
    v.object({
      id: v.string(),
      kind: v.picklist(ITEM_KINDS),
      name: v.string(),
      description: v.optional(v.string(), ''),
      subject: v.optional(v.nullable(v.string()), null),
      aliases: v.optional(strings, []),
      learnedBy: strings,
      evidence: v.pipe(v.array(evidenceRow), v.minLength(1)),
      status: v.picklist(['proposed', 'confirmed', 'rejected', 'superseded']),
      supersededBy: v.optional(v.nullable(v.string()), null),
      corrected: v.optional(v.boolean(), false),
      refused: v.optional(v.array(evidenceRow), []),
      created: v.number(),
      updated: v.number(),
      version: v.number(),
      decided: v.optional(v.nullable(v.number()), null),
      wordsSince: v.optional(v.nullable(v.number()), null),
    }),
  ),
});

type EvidenceRow = v.InferOutput<typeof evidenceRow>;
type ItemRow = v.InferInput<typeof itemGroup>['items'][number];

/** updated, readThrough, spoken */
const seenRow = v.nullable(v.tuple([v.number(), v.number(), v.number()]));

/** session, through, messages, tokens, when, seen (true: as anywhere), seenAnywhere, done, sealed, version */
const ledgerRow = v.tuple([
  v.string(),
  v.nullable(placeRow),
  v.number(),
  v.number(),
  v.number(),
  v.union([v.literal(true), seenRow]),
  seenRow,
  v.record(v.string(), v.string()),
  v.nullable(placeRow),
  v.number(),
]);

const ledgerGroup = v.object({ schema: v.literal(SCHEMA), versions: strings, sessions: v.array(ledgerRow) });

const settingsGroup = v.object({
  schema: v.literal(SCHEMA),
  settings: v.object({
    provider: v.picklist(['built-in', 'openai', 'anthropic', 'browser']),
    openai: v.object({ baseUrl: v.string(), model: v.string() }),
    anthropic: v.object({ model: v.string() }),
    concurrency: v.number(),
    prices: v.nullable(v.object({ inputPerMillion: v.number(), outputPerMillion: v.number() })),
    ceremonyHour: v.number(),
    /** Not in what was written before fields were merged one by one. */
    chosen: v.optional(
      v.object({
        provider: v.string(),
        openai: v.string(),
        anthropic: v.string(),
        concurrency: v.string(),
        prices: v.string(),
        ceremonyHour: v.string(),
      }),
    ),
    version: v.string(),
  }),
});

export function encodeItems(items: Iterable<ItemRecord>): string {
  const sessions = new Table();
  const versions = new Table();
  const rows = [...items].sort((a, b) => (a.id < b.id ? -1 : 1)).map((item) => encodeItem(item, sessions, versions));
  return JSON.stringify({ schema: SCHEMA, sessions: sessions.values, versions: versions.values, items: rows });
}

/** Throws when the text is not a group of items of this schema; the same for those below. */
export function decodeItems(parsed: unknown): Map<string, ItemRecord> {
  const group = v.parse(itemGroup, parsed);
  const evidence = (rows: readonly EvidenceRow[]): Evidence[] =>
    rows.map(([source, session, messageId, start, end, hash, text, time]) => ({
      source,
      sessionId: at(group.sessions, session),
      messageId,
      start,
      end,
      hash,
      text,
      time,
    }));
  return new Map(
    group.items.map((row) => [
      row.id,
      {
        ...row,
        evidence: evidence(row.evidence),
        refused: evidence(row.refused),
        version: at(group.versions, row.version),
        decided: row.decided === null ? null : at(group.versions, row.decided),
        wordsSince: row.wordsSince === null ? null : at(group.versions, row.wordsSince),
      },
    ]),
  );
}

/** What says nothing is left out. */
function encodeItem(item: ItemRecord, sessions: Table, versions: Table): ItemRow {
  const evidence = (all: readonly Evidence[]): EvidenceRow[] =>
    all.map((each) => [
      each.source,
      sessions.index(each.sessionId),
      each.messageId,
      each.start,
      each.end,
      each.hash,
      each.text,
      each.time,
    ]);
  return {
    id: item.id,
    kind: item.kind,
    name: item.name,
    ...(item.description === '' ? {} : { description: item.description }),
    ...(item.subject === null ? {} : { subject: item.subject }),
    ...(item.aliases.length === 0 ? {} : { aliases: [...item.aliases] }),
    learnedBy: [...item.learnedBy],
    evidence: evidence(item.evidence),
    status: item.status,
    ...(item.supersededBy === null ? {} : { supersededBy: item.supersededBy }),
    ...(item.corrected ? { corrected: true } : {}),
    ...(item.refused.length === 0 ? {} : { refused: evidence(item.refused) }),
    created: item.created,
    updated: item.updated,
    version: versions.index(item.version),
    ...(item.decided === null ? {} : { decided: versions.index(item.decided) }),
    ...(item.wordsSince === null ? {} : { wordsSince: versions.index(item.wordsSince) }),
  };
}

export function encodeLedger(entries: Iterable<LedgerRecord>): string {
  const versions = new Table();
  const rows = [...entries]
    .sort((a, b) => (a.sessionId < b.sessionId ? -1 : 1))
    .map(({ sessionId, through, messages, tokens, when, seen, seenAnywhere, done, sealed, version }) => [
      sessionId,
      encodePlace(through),
      messages,
      tokens,
      when,
      isSame(seen, seenAnywhere) || encodeSeen(seen),
      encodeSeen(seenAnywhere),
      Object.fromEntries(Object.entries(done).sort(([a], [b]) => (a < b ? -1 : 1))),
      encodePlace(sealed),
      versions.index(version),
    ]);
  return JSON.stringify({ schema: SCHEMA, versions: versions.values, sessions: rows });
}

export function decodeLedger(parsed: unknown): Map<string, LedgerRecord> {
  const group = v.parse(ledgerGroup, parsed);
  return new Map(
    group.sessions.map(([sessionId, through, messages, tokens, when, seen, anywhere, done, sealed, version]) => [
      sessionId,
      {
        sessionId,
        through: decodePlace(through),
        messages,
        tokens,
        when,
        seen: decodeSeen(seen === true ? anywhere : seen),
        seenAnywhere: decodeSeen(anywhere),
        done,
        sealed: decodePlace(sealed),
        version: at(group.versions, version),
      },
    ]),
  );
}

type SeenRow = v.InferOutput<typeof seenRow>;

function encodeSeen(seen: SessionSeen | null): SeenRow {
  return seen === null ? null : [seen.updated, seen.readThrough, seen.spoken];
}

function decodeSeen(row: SeenRow): SessionSeen | null {
  return row === null ? null : { updated: row[0], readThrough: row[1], spoken: row[2] };
}

function isSame(a: SessionSeen | null, b: SessionSeen | null): boolean {
  return a !== null && b !== null && compareSeen(a, b) === 0;
}

export function encodeSettings(settings: SettingsRecord): string {
  const { provider, openai, anthropic, concurrency, prices, ceremonyHour, chosen, version } = settings;
  const record = {
    provider,
    openai: { baseUrl: openai.baseUrl, model: openai.model },
    anthropic: { model: anthropic.model },
    concurrency,
    prices,
    ceremonyHour,
    chosen,
    version,
  };
  return JSON.stringify({ schema: SCHEMA, settings: record });
}

export function decodeSettings(parsed: unknown): SettingsRecord {
  const { settings } = v.parse(settingsGroup, parsed);
  return { ...settings, chosen: settings.chosen ?? chosenAt(settings.version) };
}

const goneGroup = v.object({
  schema: v.literal(SCHEMA),
  deleted: v.array(v.tuple([v.string(), v.string()])),
  horizon: v.string(),
  items: v.array(v.tuple([v.number(), placeRow])),
  topics: v.nullable(v.tuple([v.string(), v.string()])),
});

/** Null when nothing is gone. */
export function encodeGone({ deleted, horizon, items, topics }: Gone): string | null {
  if (deleted.size === 0 && horizon === '' && items.size === 0 && topics === null) return null;
  return JSON.stringify({
    schema: SCHEMA,
    deleted: [...deleted].sort(([a], [b]) => (a < b ? -1 : 1)),
    horizon,
    items: [...items].sort(([a], [b]) => a - b).map(([words, place]) => [words, encodePlace(place)]),
    topics: topics === null ? null : [topics.version, topics.id],
  });
}

export function decodeGone(parsed: unknown): Gone {
  const { deleted, horizon, items, topics } = v.parse(goneGroup, parsed);
  return {
    deleted: new Map(deleted),
    horizon,
    items: new Map(items.map(([words, [time, id]]) => [words, { time, id }])),
    topics: topics === null ? null : { version: topics[0], id: topics[1] },
  };
}
