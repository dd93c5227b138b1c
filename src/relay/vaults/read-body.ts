import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal.ts';
import type { Share } from './memory-budget.ts';

export interface BodyLimits {
  /** Bytes of one body. */
  readonly mostBytes: number;
  /** How long nothing may come, ms. */
  readonly idleMs: number;
}

/** Says early that a body is not wanted, and that no more of it is read on this connection. */
const END_CONNECTION = { Connection: 'close' };

/** Refuses what says itself that it is too large. */
export function refuseLarge(incoming: IncomingMessage, { mostBytes }: BodyLimits): void {
  const announced = Number(incoming.headers['content-length'] ?? 0);
  if (announced > mostBytes) throw new Refusal('too-large', END_CONNECTION);
}

/**
 * Reads a body to its end, and not a byte beyond the bound. What is held counts against the share of who sends it, which gets it back
 * from the function that comes with the body, or at once when this fails.
 */
export async function readBody(
  incoming: IncomingMessage,
  limits: BodyLimits,
  share: Share,
): Promise<{ body: Uint8Array<ArrayBuffer>; release: () => void }> {
  let held = 0;
  const release = (): void => {
    share.giveBack(held);
    held = 0;
  };
  const chunks: Buffer[] = [];
  try {
    await eachChunk(incoming, limits.idleMs, (chunk) => {
      if (held + chunk.length > limits.mostBytes) throw new Refusal('too-large', END_CONNECTION);
      share.take(chunk.length);
      held += chunk.length;
      chunks.push(chunk);
    });
  } catch (error) {
    release();
    throw error;
  }
  return { body: joined(chunks, held), release };
}

function joined(chunks: readonly Buffer[], length: number): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}

function eachChunk(incoming: IncomingMessage, idleMs: number, take: (chunk: Buffer) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => end(new Refusal('too-slow', END_CONNECTION)), idleMs);
    const end = (error?: Error): void => {
      clearTimeout(timer);
      incoming.off('data', onData).off('end', onEnd).off('close', onClose).off('error', onClose);
      if (error) {
        incoming.pause();
        reject(error);
      } else resolve();
    };
    const onData = (chunk: Buffer): void => {
      timer.refresh();
      try {
        take(chunk);
      } catch (error) {
        end(error instanceof Error ? error : new Error(String(error)));
      }
    };
    const onEnd = (): void => end();
    const onClose = (): void => end(new Refusal('bad-request', {}, 'The body ended too early.'));
    incoming.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose);
    if (incoming.destroyed) onClose();
  });
}
