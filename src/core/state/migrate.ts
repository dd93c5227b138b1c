import { SCHEMA } from './serialise.ts';

/** Turns a parsed group of schema n into one of schema n + 1. `key` is the group's. */
export type Migration = (key: string, group: Record<string, unknown>) => Record<string, unknown>;

/** `MIGRATIONS[n]` leads from schema n to n + 1. Schema 1 is the first. */
export const MIGRATIONS: ReadonlyMap<number, Migration> = new Map<number, Migration>([
  // 2 has items, a ledger, settings and ceremonies, in groups of their own
  [1, (key, group) => (key === 'state/meta' ? { ...group, lastCeremony: null } : group)],
  // 3 merges: places instead of times, what a person decided apart from what was found, what any device has extracted
  [2, toThree],
]);

function toThree(key: string, group: Record<string, unknown>): Record<string, unknown> {
  const { persona, items, sessions } = group;
  if (key.startsWith('state/persona/') || key.startsWith('injected/')) {
    if (!isRecord(persona) || typeof persona['floor'] !== 'number') return group;
    return { ...group, persona: { ...persona, floor: [persona['floor'], ''] } };
  }
  if (key === 'state/items' && Array.isArray(items)) return { ...group, items: items.map(withDecision) };
  if (key === 'state/ledger' && Array.isArray(sessions)) return { ...group, sessions: sessions.map(withSeenAnywhere) };
  return group;
}

function withDecision(item: unknown): unknown {
  if (!isRecord(item)) return item;
  const isDecided = item['status'] === 'confirmed' || item['status'] === 'rejected' || item['corrected'] === true;
  return isDecided ? { ...item, decided: item['version'] } : item;
}

function withSeenAnywhere(row: unknown): unknown {
  if (!isList(row)) return row;
  const [id, through, messages, tokens, when, seen, done, isSealed, version] = row;
  return [id, through, messages, tokens, when, seen, seen, done, isSealed === true ? through : null, version];
}

/** A group written by a later version of the program than this one. */
export class NewerSchema extends Error {
  constructor(key: string, schema: number, known: number) {
    super(`${key} has schema ${schema}; this version knows ${known}`);
    this.name = 'NewerSchema';
  }
}

/** Parses a stored group and brings it to the current schema. Throws NewerSchema, or Error when it can't be read. */
export function parseGroup(
  key: string,
  text: string,
  migrations: ReadonlyMap<number, Migration> = MIGRATIONS,
  current: number = SCHEMA,
): Record<string, unknown> {
  const parsed: unknown = JSON.parse(text);
  if (!isRecord(parsed)) throw new Error('not an object');
  let group = parsed;
  let schema = group['schema'];
  if (typeof schema !== 'number' || !Number.isInteger(schema)) throw new Error('no schema number');
  if (schema > current) throw new NewerSchema(key, schema, current);
  while (schema < current) {
    const migrate = migrations.get(schema);
    if (migrate === undefined) throw new Error(`no way from schema ${schema}`);
    schema += 1;
    group = { ...migrate(key, group), schema };
  }
  return group;
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
