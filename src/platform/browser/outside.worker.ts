/**
 * Asks a model's server. It is the only part of the app that may speak to another origin than its own, and only to the one in its own
 * address: the server sends this file with a policy that allows that origin and nothing else.
 */
import type { OutsideAsked, OutsideTold } from './outside-messages.ts';

const underWay = new Map<number, AbortController>();

globalThis.addEventListener('message', ({ data }: MessageEvent<OutsideAsked>) => {
  if (data.kind === 'abort') underWay.get(data.id)?.abort();
  else void ask(data);
});

async function ask({ id, url, init }: Extract<OutsideAsked, { kind: 'ask' }>): Promise<void> {
  const aborting = new AbortController();
  underWay.set(id, aborting);
  try {
    const response = await fetch(url, { ...init, signal: aborting.signal });
    const { status, type } = response;
    tell({ kind: 'head', id, status, isSentOn: type === 'opaqueredirect', headers: [...response.headers] });
    const reader = response.body?.getReader();
    for (let piece = await reader?.read(); piece?.done === false; piece = await reader?.read())
      tell({ kind: 'piece', id, bytes: piece.value });
    tell({ kind: 'end', id });
  } catch (error) {
    tell({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) });
  } finally {
    underWay.delete(id);
  }
}

function tell(told: OutsideTold): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- to the worker that made this one
  globalThis.postMessage(told);
}
