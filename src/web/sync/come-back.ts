import { client, useWorkspace } from '../app/workspace-store.ts';

/** A person who comes back to the page sees what their other devices did meanwhile. */
export function syncOnComingBack(): void {
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && useWorkspace.getState().phase === 'ready')
      void client().ask.sync.focused();
  });
}
