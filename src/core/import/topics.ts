import { TOPIC_SHARE } from '../state/bounds.ts';
import { laterThan } from '../state/hybrid-clock.ts';
import type { TopicRecord } from '../state/records.ts';
import { encodeTopics } from '../state/serialise.ts';
import { utf8Length } from '../state/utf8.ts';
import type { PlanInput } from './plan.ts';

/** Step 1 of an import: a topic for each top-level session, by the session's id; a changed title renames it. */
export function planTopics(
  input: Pick<PlanInput, 'state' | 'titles' | 'sessionTime' | 'limits' | 'stamp'>,
): PlanInput['state']['topics'] {
  const { state, titles, stamp } = input;
  const changed = [...titles].filter(([id, name]) => state.topics.get(id)?.name !== name);
  if (changed.length === 0) return state.topics;
  const topics = new Map(state.topics);
  const standing = laterThan(stamp, state.gone.topics?.version);
  for (const [id, name] of changed) topics.set(id, { id, name, version: laterThan(standing, topics.get(id)?.version) });
  return fitTopics(topics, input);
}

/** With more than their share, those of the sessions longest silent go. The catalog has their titles. */
function fitTopics(
  topics: ReadonlyMap<string, TopicRecord>,
  { limits, sessionTime }: Pick<PlanInput, 'limits' | 'sessionTime'>,
): ReadonlyMap<string, TopicRecord> {
  const room = limits.stateLimitBytes * TOPIC_SHARE;
  let kept = [...topics.values()];
  let bytes = utf8Length(encodeTopics(kept));
  if (bytes <= room) return topics;
  kept.sort((a, b) => sessionTime(b.id) - sessionTime(a.id) || (a.id < b.id ? -1 : 1));
  while (bytes > room && kept.length > 0) {
    kept = kept.slice(0, Math.min(kept.length - 1, Math.floor((kept.length * room) / bytes)));
    bytes = utf8Length(encodeTopics(kept));
  }
  return new Map(kept.map((topic) => [topic.id, topic]));
}
