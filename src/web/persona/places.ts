/** Where in each conversation the reader was, as long as the page is open. */
import type { StateSnapshot } from 'react-virtuoso';

interface Place {
  readonly total: number;
  readonly state: StateSnapshot;
}

const places = new Map<string, Place>();

/** Undefined when there is none, or when the conversation has changed since. */
export function rememberedPlace(personaId: string, total: number): StateSnapshot | undefined {
  const place = places.get(personaId);
  return place?.total === total ? place.state : undefined;
}

export function rememberPlace(personaId: string, total: number, state: StateSnapshot): void {
  places.set(personaId, { total, state });
}
