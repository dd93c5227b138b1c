/** What one finding makes of an item. */
import type { Evidence, Item } from '../model/item.ts';
import { EVIDENCE_LIMIT, foldSpaces, itemId, normaliseName } from '../model/item.ts';
import { isSameSaying, uniteEvidence } from '../model/evidence.ts';
import type { Finding, FoundEvidence } from './finding.ts';

/** An item of its own, proposed. */
export function newItem({ kind, name, description, subject, aliases, evidence }: Finding, now: number): Item {
  return {
    id: itemId(kind, name, subject),
    kind,
    name: foldSpaces(name),
    description,
    subject,
    aliases: sortedAliases(aliases, name),
    learnedBy: learnedBy([], evidence),
    evidence: uniteEvidence([], evidence.map(plain)),
    status: 'proposed',
    supersededBy: null,
    corrected: false,
    refused: [],
    created: now,
    updated: now,
  };
}

/** The item with what the finding adds; the very same item when it adds nothing. */
export function saidAgain(item: Item, finding: Finding, now: number): Item {
  if (item.status === 'superseded') return item;
  if (item.status === 'rejected') return cameBack(item, finding, now);
  const fresh = finding.evidence.filter((each) => !item.refused.some((refused) => isSameSaying(refused, each)));
  if (fresh.length === 0) return item;
  const next: Item = {
    ...item,
    ...wordsOf(item, finding),
    aliases: aliasesOf(item, finding),
    learnedBy: learnedBy(item.learnedBy, fresh),
    evidence: uniteEvidence(item.evidence, fresh.map(plain)),
  };
  return isSame(item, next) ? item : { ...next, updated: now };
}

function cameBack(item: Item, finding: Finding, now: number): Item {
  const refused = uniteEvidence(item.refused, item.evidence, Infinity);
  if (item.evidence.length >= EVIDENCE_LIMIT || refused.length > EVIDENCE_LIMIT) return item;
  const fresh = finding.evidence.filter((each) => !refused.some((other) => isSameSaying(other, each)));
  if (fresh.length === 0) return item;
  const evidence = uniteEvidence([], fresh.map(plain));
  return { ...item, status: 'proposed', evidence, refused, learnedBy: learnedBy(item.learnedBy, fresh), updated: now };
}

/** Proposed words may become better: a description that was missing, a name of a person with its capitals. */
function wordsOf(item: Item, { known, name, description }: Finding): Pick<Item, 'name' | 'description'> {
  if (item.status !== 'proposed' || item.corrected) return item;
  const sameName = normaliseName(name) === normaliseName(item.name);
  const better = item.kind === 'person' && sameName && capitals(name) > capitals(item.name);
  const takes = description !== '' && (item.description === '' || known === item.id);
  return { name: better ? foldSpaces(name) : item.name, description: takes ? description : item.description };
}

/** How many words of a name begin with a capital; one in capitals throughout is no better for it. */
function capitals(name: string): number {
  return (name.match(/(?<!\p{L})\p{Lu}(?!\p{Lu}+(?!\p{L}))/gu) ?? []).length;
}

/** Another name for a known person is an alias; a rejected or corrected name of its own is not made one. */
function aliasesOf(item: Item, finding: Finding): readonly string[] {
  if (item.kind !== 'person') return item.aliases;
  return sortedAliases([...item.aliases, ...finding.aliases, finding.name], item.name);
}

const MOST_ALIASES = 12;

function sortedAliases(aliases: readonly string[], name: string): string[] {
  const byName = new Map<string, string>();
  for (const alias of aliases) {
    const key = normaliseName(alias);
    if (key !== '' && key !== normaliseName(name) && !byName.has(key)) byName.set(key, foldSpaces(alias));
  }
  return [...byName.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, alias]) => alias)
    .slice(0, MOST_ALIASES);
}

function learnedBy(known: readonly string[], evidence: readonly FoundEvidence[]): string[] {
  return [...new Set([...known, ...evidence.map(({ persona }) => persona)])].sort();
}

/** Evidence as items keep it. */
function plain(found: FoundEvidence): Evidence {
  const { persona: _, ...evidence } = found;
  return evidence;
}

function isSame(a: Item, b: Item): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
