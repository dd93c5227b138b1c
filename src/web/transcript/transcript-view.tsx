/** What the rows of an open transcript share: which parts are unfolded, and messages that were asked for whole. */
import type { ReactNode } from 'react';
import { createContext, useContext, useMemo, useState } from 'react';
import type { StoreApi } from 'zustand';
import { createStore, useStore } from 'zustand';
import type { SessionType } from '../../core/model/agent-session.ts';
import type { TranscriptMessage, TranscriptPart } from '../../core/model/transcript.ts';
import { client } from '../app/workspace-store.ts';

interface Unfolded {
  readonly parts: ReadonlySet<string>;
  /** By id. */
  readonly whole: ReadonlyMap<string, TranscriptMessage>;
}

export interface TranscriptView {
  /** Names it to the worker. */
  readonly key: number;
  readonly sessionId: string;
  readonly sessionType: SessionType;
  readonly store: StoreApi<Unfolded>;
  /** How a message of a sub-agent is shown inside of one of this session. */
  readonly nested: (message: TranscriptMessage) => ReactNode;
}

const Context = createContext<TranscriptView | null>(null);

export function TranscriptProvider({
  transcriptKey,
  sessionId,
  sessionType,
  nested,
  children,
}: {
  transcriptKey: number;
  sessionId: string;
  sessionType: SessionType;
  nested: TranscriptView['nested'];
  children: ReactNode;
}) {
  const [store] = useState(() => createStore<Unfolded>(() => ({ parts: new Set(), whole: new Map() })));
  const view = useMemo(
    () => ({ key: transcriptKey, sessionId, sessionType, store, nested }),
    [transcriptKey, sessionId, sessionType, store, nested],
  );
  return <Context value={view}>{children}</Context>;
}

export function useTranscript(): TranscriptView {
  const view = useContext(Context);
  if (view === null) throw new Error('no transcript is open');
  return view;
}

export function partKey(messageId: string, partId: string): string {
  return `${messageId} ${partId}`;
}

export function useFold(key: string): readonly [isOpen: boolean, toggle: () => void] {
  const { store } = useTranscript();
  const isOpen = useStore(store, ({ parts }) => parts.has(key));
  return [isOpen, () => setFolds(store, [key], !isOpen)];
}

export function setFolds(store: StoreApi<Unfolded>, keys: readonly string[], isOpen: boolean): void {
  store.setState(({ parts }) => {
    const next = new Set(parts);
    for (const key of keys)
      if (isOpen) next.add(key);
      else next.delete(key);
    return { parts: next };
  });
}

/** The message as far as it was asked for: whole, or with its long texts cut. */
export function useMessage(message: TranscriptMessage): TranscriptMessage {
  const { store } = useTranscript();
  return useStore(store, ({ whole }) => whole.get(message.id)) ?? message;
}

/** Asks for a message whole; it is shown so from then on. */
export async function showWhole({ key, store }: TranscriptView, messageId: string): Promise<void> {
  if (store.getState().whole.has(messageId)) return;
  const { transcripts } = client().ask;
  const at = await transcripts.placeOf(key, messageId);
  const message = at === null ? null : await transcripts.message(key, at);
  if (message === null) return;
  store.setState(({ whole }) => ({ whole: new Map(whole).set(messageId, message) }));
}

/** Of these kinds a row shows one line, and the rest when it is opened. */
export function isFolded(part: TranscriptPart): boolean {
  switch (part.kind) {
    case 'thinking':
    case 'tool':
    case 'subtask':
    case 'unknown':
      return true;
    case 'text':
      return !part.spoken;
    case 'compaction':
      return part.text !== '';
    case 'attachment':
    case 'retry':
    case 'error':
    case 'note':
    case 'hidden':
      return false;
  }
}
