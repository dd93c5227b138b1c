/** Where what was found is shown. */
import type { ItemHit, MessageHit } from '../../core/model/search-views.ts';

export function personaAddress(id: string): string {
  return `/personas/${encodeURIComponent(id)}`;
}

export function sessionAddress(id: string): string {
  return `/sessions/${encodeURIComponent(id)}`;
}

/** In the conversation of the persona that keeps it, else in the transcript. */
export function messageAddress({ id, sessionId, personaId }: MessageHit): string {
  const place = personaId === null ? sessionAddress(sessionId) : personaAddress(personaId);
  return `${place}?${new URLSearchParams({ message: id })}`;
}

export function itemAddress({ kind, name }: ItemHit): string {
  return `/memory?${new URLSearchParams({ kind, text: name.text })}`;
}

export function searchAddress(text: string): string {
  return `/search?${new URLSearchParams({ q: text })}`;
}
