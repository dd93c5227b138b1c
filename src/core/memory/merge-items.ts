import { uniteEvidence } from '../model/evidence.ts';
import type { Item } from '../model/item.ts';
import { EVIDENCE_LIMIT, normaliseName } from '../model/item.ts';

const MOST_ALIASES = 12;

/**
 * One item for several of its kind: `into` takes over their words and who heard them, they are superseded by it. What the person
 * rejected gives no words; they count as refused.
 *
 * @returns those that changed, `into` first
 */
export function mergeItems(into: Item, others: readonly Item[], now: number): Item[] {
  const standing = others.filter(({ status }) => status !== 'rejected');
  const refused = others.flatMap(({ status, evidence, refused }) =>
    status === 'rejected' ? [...evidence, ...refused] : refused,
  );
  const isConfirmed = [into, ...standing].some(({ status }) => status === 'confirmed');
  const merged: Item = {
    ...into,
    description:
      into.description === ''
        ? (standing.find(({ description }) => description !== '')?.description ?? '')
        : into.description,
    aliases: into.kind === 'person' ? aliasesOf(into, standing) : into.aliases,
    learnedBy: [...new Set([into, ...standing].flatMap(({ learnedBy }) => learnedBy))].sort(),
    evidence: uniteEvidence(
      into.evidence,
      standing.flatMap(({ evidence }) => evidence),
    ),
    refused: uniteEvidence(into.refused, refused, EVIDENCE_LIMIT),
    status: isConfirmed && into.status === 'proposed' ? 'confirmed' : into.status,
    created: Math.min(into.created, ...standing.map(({ created }) => created)),
    updated: now,
  };
  const gone = others.map((item): Item => ({ ...item, status: 'superseded', supersededBy: into.id, updated: now }));
  return [merged, ...gone];
}

function aliasesOf(into: Item, others: readonly Item[]): string[] {
  const named = new Map<string, string>();
  for (const alias of [...into.aliases, ...others.flatMap(({ name, aliases }) => [name, ...aliases])]) {
    const key = normaliseName(alias);
    if (key !== '' && key !== normaliseName(into.name) && !named.has(key)) named.set(key, alias);
  }
  return [...named]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, alias]) => alias)
    .slice(0, MOST_ALIASES);
}
