/**
 * Items of two devices. What a person decided wins over what was found, the later decision over the earlier one; words are
 * united.
 */
import { uniteEvidence } from '../model/evidence.ts';
import { normaliseName } from '../model/item.ts';
import { compareTexts, laterOf, sameOr } from './join.ts';
import type { ItemRecord } from './records.ts';

const MOST_ALIASES = 12;

export function joinItems(a: ItemRecord, b: ItemRecord): ItemRecord {
  return sameOr(a, {
    ...headOf(a, b),
    ...wordsOf(a, b),
    refused: uniteEvidence(a.refused, b.refused, Infinity),
    created: Math.min(a.created, b.created),
    updated: Math.max(a.updated, b.updated),
  });
}

/** Of which of the two its name, its words and its status are. */
function headOf(a: ItemRecord, b: ItemRecord): ItemRecord {
  const order =
    compareTexts(a.decided ?? '', b.decided ?? '') ||
    compareTexts(a.version, b.version) ||
    compareTexts(headText(a), headText(b));
  return order >= 0 ? a : b;
}

function headText({ name, description, subject, status, supersededBy, corrected }: ItemRecord): string {
  return JSON.stringify([name, description, subject, status, supersededBy, corrected]);
}

function wordsOf(a: ItemRecord, b: ItemRecord): Pick<ItemRecord, 'wordsSince' | 'evidence' | 'learnedBy' | 'aliases'> {
  const wordsSince = laterOf(a.wordsSince, b.wordsSince, compareTexts);
  if (a.wordsSince !== b.wordsSince) {
    const { evidence, learnedBy, aliases } = a.wordsSince === wordsSince ? a : b;
    return { wordsSince, evidence, learnedBy, aliases };
  }
  const evidence = uniteEvidence(a.evidence, b.evidence);
  const learnedBy = [...new Set([...a.learnedBy, ...b.learnedBy])].sort();
  return { wordsSince, evidence, learnedBy, aliases: uniteAliases(a.aliases, b.aliases) };
}

function uniteAliases(a: readonly string[], b: readonly string[]): string[] {
  const named = new Map<string, string>();
  for (const alias of [...a, ...b]) {
    const key = normaliseName(alias);
    const known = named.get(key);
    if (known === undefined || alias < known) named.set(key, alias);
  }
  const sorted = [...named].sort(([x], [y]) => compareTexts(x, y));
  return sorted.map(([, alias]) => alias).slice(0, MOST_ALIASES);
}
