/** The app kept for when there is no network, and its new versions: used when the person says so, never in the middle of work. */
import { create } from 'zustand';

interface UpdateView {
  /** `waiting`: a new version is there. `taken`: another tab went over to it, this one still runs the one before. */
  readonly state: 'current' | 'waiting' | 'taken';
}

export const useUpdates = create<UpdateView>(() => ({ state: 'current' }));

const HOUR_MS = 3_600_000;

let registration: ServiceWorkerRegistration | null = null;
/** Whether this page asked for the change that comes. */
let isOurs = false;
let lookedAt = 0;

/** Does nothing where the browser has no service workers, or does not let this page have one: the app works all the same. */
export async function keepOffline(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  const hadOne = serviceWorker.controller !== null;
  serviceWorker.addEventListener('controllerchange', () => {
    if (isOurs) window.location.reload();
    else if (hadOne) useUpdates.setState({ state: 'taken' });
  });
  const given = await registered(serviceWorker);
  if (given === null) return;
  registration = given;
  lookedAt = Date.now();
  watch(given);
  document.addEventListener('visibilitychange', lookForUpdate);
}

async function registered(container: ServiceWorkerContainer): Promise<ServiceWorkerRegistration | null> {
  try {
    const given: unknown = await container.register('/service-worker.js', { updateViaCache: 'none' });
    // a browser whose person wants no service workers may give nothing, and say nothing
    return given instanceof ServiceWorkerRegistration ? given : null;
  } catch {
    return null;
  }
}

/** Goes over to the new version: this page is loaded again. */
export function takeNewVersion(): void {
  if (registration?.waiting == null) {
    window.location.reload();
    return;
  }
  isOurs = true;
  registration.waiting.postMessage('use-now', []);
}

function watch(known: ServiceWorkerRegistration): void {
  if (known.waiting !== null && known.active !== null) useUpdates.setState({ state: 'waiting' });
  known.addEventListener('updatefound', () => {
    const { installing } = known;
    installing?.addEventListener('statechange', () => {
      // the first one of all is no update
      if (installing.state === 'installed' && known.active !== null) useUpdates.setState({ state: 'waiting' });
    });
  });
}

/** A tab stays open for weeks. */
function lookForUpdate(): void {
  if (document.visibilityState !== 'visible' || Date.now() - lookedAt < HOUR_MS) return;
  lookedAt = Date.now();
  // offline there is nothing new
  registration?.update().catch(() => undefined);
}
