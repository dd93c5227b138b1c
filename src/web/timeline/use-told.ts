import type { AxisMark, AxisSession } from '../../core/timeline/timeline-views.ts';
import { client } from '../app/workspace-store.ts';
import { useAnswer } from '../ui/use-answer.ts';

/** A place on the axis: of a session, at a time or as a whole, or of a mark. */
export type AxisPlace =
  | { readonly kind: 'session'; readonly session: number; readonly time: number | null }
  | { readonly kind: 'mark'; readonly mark: number };

export type Told =
  { readonly kind: 'session'; readonly told: AxisSession } | { readonly kind: 'mark'; readonly told: AxisMark };

/** What the worker knows of a place. Null: the axis has become another one. */
export async function tellOf(persona: string, version: number, place: AxisPlace): Promise<Told | null> {
  const { timelines } = client().ask;
  if (place.kind === 'mark') {
    const told = await timelines.mark(persona, version, place.mark);
    return told === null ? null : { kind: 'mark', told };
  }
  const told = await timelines.session(persona, version, place.session, place.time);
  return told === null ? null : { kind: 'session', told };
}

/** The same, as long as the place is the same. Null until it has come. */
export function useTold(persona: string, version: number, place: AxisPlace | null): Told | null {
  const question = place === null ? '' : `${version} ${keyOf(place)}`;
  const answer = useAnswer(
    async () => ({ question, told: place === null ? null : await tellOf(persona, version, place) }),
    question,
    0,
  );
  return answer?.question === question ? answer.told : null;
}

export function keyOf(place: AxisPlace): string {
  return place.kind === 'mark' ? `mark ${place.mark}` : `session ${place.session} ${place.time ?? ''}`;
}
