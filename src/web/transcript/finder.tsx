import type { RefObject } from 'react';
import { useEffect, useRef, useState } from 'react';
import type { Hit } from '../../core/transcript/find.ts';
import { markedWords } from '../../core/transcript/find.ts';
import { useKeys } from '../ui/use-keys.ts';
import { FindBar } from './find-bar.tsx';
import { clearHighlights, rangesOf, showHighlights } from './highlight-hits.ts';
import type { ListHandle } from './message-list.tsx';
import { partKey, setFolds, showWhole, useTranscript } from './transcript-view.tsx';
import { useFind } from './use-find.ts';

/** A part that was unfolded may take so long to be on the screen, ms. */
const PATIENCE_MS = 3_000;

interface FinderProps {
  readonly list: RefObject<ListHandle | null>;
  readonly onClose: () => void;
  /** Grows when the field is asked for again. */
  readonly asked: number;
}

/** The find bar and what it does to the list: goes to each place, unfolds what hides it, and marks the words. */
export function Finder({ list, onClose, asked }: FinderProps) {
  const view = useTranscript();
  const field = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState<number | null>(null);
  const [now, setNow] = useState<string | null>(null);
  /** Enter was pressed before anything was found. */
  const isHasty = useRef(false);
  const goTo = (hit: Hit, to: number): void => {
    isHasty.current = false;
    setAt(to);
    const part = partKey(hit.messageId, hit.partId);
    setNow(part);
    setFolds(view.store, [part], true);
    void showWhole(view, hit.messageId).then(() => {
      list.current?.show(hit.at);
      return bringIntoSight(list, part, markedWords(query));
    });
  };
  const found = useFind(view.key, query, (first) => {
    if (isHasty.current) goTo(first, 0);
  });
  useEffect(() => {
    if (asked > 0) field.current?.select();
  }, [asked]);
  useMarks(list, found === null ? '' : markedWords(query), now);
  const step = (by: 1 | -1): void => {
    const count = found?.hits.length ?? 0;
    isHasty.current = count === 0;
    const to = at === null ? (by > 0 ? 0 : count - 1) : (at + by + count) % count;
    const hit = found?.hits[to];
    if (hit !== undefined) goTo(hit, to);
  };
  useKeys({ n: () => step(1), N: () => step(-1), Escape: onClose });
  return (
    <FindBar
      ref={field}
      query={query}
      found={found}
      at={at}
      onQuery={(next) => {
        setQuery(next);
        setAt(null);
        setNow(null);
        isHasty.current = false;
      }}
      onStep={step}
      onClose={onClose}
    />
  );
}

/** Waits until the part is there with the words in it, then scrolls to them. */
async function bringIntoSight(list: RefObject<ListHandle | null>, part: string, query: string): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (performance.now() < end) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const element = list.current?.element ?? null;
    const range = element === null ? null : firstIn(element, part, query);
    if (element === null || range === null) continue;
    const { top, bottom } = range.getBoundingClientRect();
    const box = element.getBoundingClientRect();
    if (top < box.top || bottom > box.bottom) element.scrollBy({ top: top - box.top - box.height / 3 });
    // a long output scrolls by itself
    range.startContainer.parentElement?.scrollIntoView({ block: 'nearest' });
    return;
  }
}

function firstIn(list: HTMLElement, part: string, query: string): Range | null {
  const shown = list.querySelector<HTMLElement>(`[data-part="${CSS.escape(part)}"]`);
  return shown === null ? null : (rangesOf(shown, query)[0] ?? null);
}

/** Marks the words wherever they come on the screen, and those that are looked at. */
function useMarks(list: RefObject<ListHandle | null>, query: string, part: string | null): void {
  useEffect(() => {
    const element = list.current?.element ?? null;
    if (query === '' || element === null) return undefined;
    let frame = 0;
    const mark = (): void => {
      frame = 0;
      showHighlights(rangesOf(element, query), part === null ? null : firstIn(element, part, query));
    };
    const observer = new MutationObserver(() => {
      if (frame === 0) frame = requestAnimationFrame(mark);
    });
    observer.observe(element, { childList: true, subtree: true, characterData: true });
    mark();
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
      clearHighlights();
    };
  }, [list, query, part]);
}
