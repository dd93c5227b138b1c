/** The connected places as screens show them: what may be read now, what is being read, what went wrong. */
import { create } from 'zustand';
import type { Problem } from '../../core/model/problem.ts';
import { problem, ProblemError } from '../../core/model/problem.ts';
import type { Access } from '../../platform/browser/access.ts';
import { accessOf, askAccess } from '../../platform/browser/access.ts';
import type { Connected } from '../../platform/browser/connected.ts';
import {
  connectedPlaces,
  disconnect,
  entriesOf,
  keepPlaces,
  rootsOf,
  setWatch,
} from '../../platform/browser/connected.ts';
import type { Picked } from '../../platform/browser/picked.ts';
import { client } from '../app/workspace-store.ts';

export interface Place extends Connected {
  readonly access: Access;
  /** It is read again whenever it changes. */
  readonly watched: boolean;
  /** Why it could not be read in the background. */
  readonly problems: readonly Problem[];
}

interface PlacesView {
  /** Null until they are known. */
  readonly places: readonly Place[] | null;
}

export const usePlaces = create<PlacesView>(() => ({ places: null }));

export async function loadPlaces(): Promise<void> {
  const connected = await connectedPlaces();
  const access = await Promise.all(connected.map(accessOf));
  usePlaces.setState(({ places }) => ({
    places: connected
      .map((place, at) => ({
        watched: false,
        problems: [],
        ...places?.find(({ id }) => id === place.id),
        ...place,
        access: access[at] ?? 'ask',
      }))
      .sort((a, b) => (a.label < b.label ? -1 : 1)),
  }));
}

export function changePlace(id: string, change: Partial<Place>): void {
  usePlaces.setState(({ places }) => ({
    places: places?.map((place) => (place.id === id ? { ...place, ...change } : place)) ?? null,
  }));
}

export async function keepConnected(places: readonly Connected[]): Promise<void> {
  await keepPlaces(places);
  await loadPlaces();
  for (const { id } of places) changePlace(id, { problems: [] });
}

/** Forgets a place and the sources that were read from it; their sessions stay in the catalog. */
export async function forgetPlace(place: Connected, stores: readonly string[]): Promise<void> {
  await disconnect(place.id);
  await client().ask.forgetSources(stores);
  await loadPlaces();
}

export async function watchPlace(id: string, watch: boolean): Promise<void> {
  changePlace(id, { watch });
  await setWatch(id, watch);
}

/** Asks the browser to let a place be read again. Only during a click. */
export async function allowPlace(place: Connected): Promise<void> {
  changePlace(place.id, { access: await askAccess(place) });
}

/**
 * What these places hold now, to be imported. Only during a click: the browser may ask. Null when the person said no to all.
 * Throws ProblemError when none of them is there any more.
 */
export async function readPlaces(places: readonly Connected[]): Promise<Picked | null> {
  const asked: { place: Connected; access: Access }[] = [];
  for (const place of places) asked.push({ place, access: await askAccess(place) });
  for (const { place, access } of asked) changePlace(place.id, { access });
  const gone = asked.filter(({ access }) => access === 'gone').map(({ place }) => place);
  if (gone.length > 0) await client().ask.markVanished(gone.flatMap(rootsOf));
  const readable = asked.filter(({ access }) => access === 'granted').map(({ place }) => place);
  if (readable.length === 0 && gone.length > 0) throw new ProblemError(goneProblem(gone));
  if (readable.length === 0) return null;
  const entries = await Promise.all(readable.map(entriesOf));
  return {
    entries: entries.flat(),
    handles: readable.flatMap(({ handles }) => handles),
    label: readable[0]?.label ?? '',
  };
}

function goneProblem(gone: readonly Connected[]): Problem {
  const names = gone.map(({ label }) => label).join(', ');
  const what = gone.length === 1 ? 'is not where it was' : 'are not where they were';
  const text = `${names} ${what}. What was imported is kept and marked. If it was moved, choose it at its new place.`;
  return problem('file-unreadable', 'error', names, text);
}
