import type { HistorySpec, SessionKind } from './fixture-plan.ts';
import type { SeededRandom } from './fixture-random.ts';

/** Before the last 14 days, or within. */
export type Bucket = 'old' | 'recent';

/** A session before it has messages and a place in time. */
export interface DraftSession {
  readonly index: number;
  readonly kind: SessionKind;
  /** Where its `time_updated` falls. */
  readonly home: Bucket;
  readonly writesIn: readonly Bucket[];
  readonly parent: DraftSession | null;
  readonly children: DraftSession[];
  /** Messages copied from another session. They carry old times. */
  readonly copies: number;
  readonly messages: Record<Bucket, number>;
  weight(random: SeededRandom): number;
}

const SHARE = { children: 0.25, necro: 0.14, forks: 0.03, empty: 0.02 };

/** The cast: so many sessions at home before and within the last 14 days, of each kind. */
export function draftSessions(spec: HistorySpec, random: SeededRandom): DraftSession[] {
  const counts = { old: spec.sessions - spec.recentSessions, recent: spec.recentSessions };
  const drafts: DraftSession[] = [];
  const add = (home: Bucket, kind: SessionKind, writesIn: readonly Bucket[], copies = 0, parent?: DraftSession) => {
    const draft = {
      index: drafts.length,
      kind,
      home,
      writesIn,
      copies,
      parent: parent ?? null,
      children: [],
      messages: { old: 0, recent: 0 },
      weight: (random: SeededRandom) => random.logNormal(parent ? 0.3 : 1, 1.1),
    };
    parent?.children.push(draft);
    drafts.push(draft);
  };
  const copies = Math.max(3, Math.min(40, Math.floor(spec.messages / spec.sessions / 4)));
  for (const home of ['old', 'recent'] as const) {
    const number = (share: number) => Math.max(1, Math.round(counts[home] * share));
    const [children, forks, empty] = [number(SHARE.children), number(SHARE.forks), number(SHARE.empty)];
    const necro = home === 'recent' ? number(SHARE.necro) : 0;
    const normal = counts[home] - children - forks - empty - necro;
    for (let i = 0; i < normal; i++) add(home, 'normal', [home]);
    for (let i = 0; i < necro; i++) add(home, 'normal', ['old', 'recent']);
    for (let i = 0; i < forks; i++) add(home, 'fork', [home], copies);
    for (let i = 0; i < empty; i++) add(home, 'empty', []);
    const parents = drafts.filter((draft) => draft.home === home && draft.kind === 'normal');
    for (let i = 0; i < children; i++) add(home, 'normal', [home], 0, random.pick(parents));
  }
  return drafts;
}

/** Whole numbers in proportion to the weights, none below its least, that add up to the total. */
export function apportion(total: number, weights: readonly number[], least: readonly number[]): number[] {
  const free = total - least.reduce((sum, n) => sum + n, 0);
  if (free < 0) throw new Error('too few messages for so many sessions');
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const counts = weights.map((weight, i) => (least[i] ?? 0) + Math.floor((free * weight) / all));
  let left = total - counts.reduce((sum, n) => sum + n, 0);
  for (let i = 0; left > 0; i = (i + 1) % counts.length, left--) counts[i] = (counts[i] ?? 0) + 1;
  return counts;
}
