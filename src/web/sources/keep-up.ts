/**
 * Keeps what was imported in step with the connected places: reads them when the app opens, and again whenever they change where
 * the browser can watch them. In the background, in the one tab that may write, and never before what a person asks for.
 */
import type { ImportOutcome } from '../../core/model/views.ts';
import type { Connected } from '../../platform/browser/connected.ts';
import { entriesOf, rootsOf } from '../../platform/browser/connected.ts';
import { canObserve, observe } from '../../platform/browser/observe.ts';
import type { ToldPath } from '../../platform/browser/told.ts';
import { Told } from '../../platform/browser/told.ts';
import type { WatchedPlace } from '../../platform/browser/watched-places.ts';
import { settled } from '../../core/settled.ts';
import { accessOf } from '../../platform/browser/access.ts';
import { client, useWorkspace } from '../app/workspace-store.ts';
import { isImporting, useImport } from '../import/import-store.ts';
import { addNews } from './news-store.ts';
import type { Place } from './places-store.ts';
import { changePlace, loadPlaces, usePlaces } from './places-store.ts';

/** A tool writes in bursts: the end of one is waited for, but not for ever. */
const QUIET_MS = 1_000;
const AT_MOST_MS = 8_000;

/** Places that are watched, each with what ends it. */
const watched = new Map<string, () => void>();
/** What changed in those places of which it is told, by their ids. */
const toldOf = new Map<string, Told>();
/** Places the browser would not watch; asked again when the person comes back to the tab. */
const refused = new Set<string>();
/** Ids of places that are to be read, in turn. */
const due = new Set<string>();
let isReading = false;
/** Changes whenever this tab begins or ceases to keep up. */
let turn = 0;
let isOn = false;

export async function keepUp(): Promise<void> {
  await loadPlaces();
  useWorkspace.subscribe(settle);
  usePlaces.subscribe(settle);
  useImport.subscribe(() => void readDue());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible') return;
    refused.clear();
    settle();
  });
  settle();
}

function settle(): void {
  const { phase, role, space } = useWorkspace.getState();
  const mayRead = phase === 'ready' && role === 'owner' && space === 'own';
  if (mayRead !== isOn) {
    isOn = mayRead;
    turn += 1;
    isReading = false;
    due.clear();
    if (isOn) for (const place of places()) if (place.access !== 'ask' && !isToWatch(place)) due.add(place.id);
  }
  settleWatching();
  void readDue();
}

function places() {
  return usePlaces.getState().places ?? [];
}

/** Begins and ends watching, so that exactly those are watched that should be. */
function settleWatching(): void {
  const wanted = new Map(
    places()
      .filter(isToWatch)
      .map((place) => [place.id, place]),
  );
  for (const [id, stop] of watched) {
    if (wanted.has(id)) continue;
    watched.delete(id);
    stop();
    changePlace(id, { watched: false });
  }
  for (const [id, place] of wanted) if (!watched.has(id)) void watch(place);
}

function isToWatch({ id, watch, access }: Place): boolean {
  return isOn && canObserve() && watch && access === 'granted' && !refused.has(id);
}

async function watch(place: Connected): Promise<void> {
  const { id, handles } = place;
  const changed = settled(QUIET_MS, AT_MOST_MS, () => rescan(id));
  const told = new Told();
  let isWanted = true;
  let disconnect = (): void => undefined;
  watched.set(id, () => {
    isWanted = false;
    changed.stop();
    disconnect();
    if (toldOf.delete(id) && isOn) void client().ask.unwatched(id);
  });
  const onChange = (paths: readonly ToldPath[] | null): void => {
    told.add(paths);
    changed.call();
  };
  try {
    disconnect = await observe(handles, { onChange, onLost: () => void lost(place) });
    if (isWanted) {
      toldOf.set(id, told);
      changePlace(id, { watched: true });
    } else disconnect();
  } catch {
    // it stays unwatched, and the page says so; a click reads it
    refused.add(id);
    watched.delete(id);
  }
  // what was written before watching began is not told
  if (isWanted) rescan(id);
}

/** What was watched is gone, or may not be read any more: reading it says which. */
async function lost(place: Connected): Promise<void> {
  watched.get(place.id)?.();
  watched.delete(place.id);
  changePlace(place.id, { watched: false, access: await accessOf(place) });
  rescan(place.id);
}

function rescan(id: string): void {
  due.add(id);
  void readDue();
}

/** One place after the other, when no import is running. */
async function readDue(): Promise<void> {
  if (!isOn || isReading || isImporting()) return;
  const [id] = due;
  if (id === undefined) return;
  due.delete(id);
  const mine = turn;
  isReading = true;
  const place = places().find((each) => each.id === id);
  const outcome = place === undefined ? null : await read(place);
  if (mine !== turn) return;
  isReading = false;
  if (place !== undefined && outcome !== null) tell(place, outcome);
  void readDue();
}

/** Null when it can't be read now. */
async function read(place: Connected): Promise<ImportOutcome | null> {
  const access = await accessOf(place);
  changePlace(place.id, { access });
  if (access === 'gone') await client().ask.markVanished(rootsOf(place));
  if (access !== 'granted') return null;
  const told = toldOf.get(place.id);
  const watchedPlace = told === undefined ? null : { id: place.id, told: told.take() };
  const outcome = await look(place, watchedPlace);
  // it is to be looked at by the next one that ends well
  if (outcome?.ok !== true) told?.add(watchedPlace?.told ?? null);
  return outcome;
}

async function look(place: Connected, watchedPlace: WatchedPlace | null): Promise<ImportOutcome | null> {
  try {
    return await client().ask.rescan(await entriesOf(place), rootsOf(place), watchedPlace);
  } catch {
    // it went while it was looked at: the next look says so
    return null;
  }
}

function tell(place: Connected, outcome: ImportOutcome): void {
  if (outcome.ok) {
    changePlace(place.id, { problems: [] });
    addNews(place.label, outcome.receipt);
    return;
  }
  const isCancelled = outcome.problems.some(({ code }) => code === 'cancelled');
  if (isCancelled) due.add(place.id);
  else changePlace(place.id, { problems: outcome.problems });
}
