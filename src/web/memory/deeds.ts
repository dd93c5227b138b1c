/** What the person did to items here: what is told after it, and what can be undone. */
import { create } from 'zustand';
import type { ItemAction, Undoable } from '../../core/model/memory-views.ts';
import { client } from '../app/workspace-store.ts';
import { DONE_NAMES, titleOf } from './words.ts';

interface Deeds {
  /** The newest last. What was done before this page opened is the first, when it can be undone. */
  readonly done: readonly Undoable[];
  /** What was said last; empty when it was seen. */
  readonly told: string;
  /** What went wrong. */
  readonly refused: string;
  /** Grows with everything that is done: lists ask again. */
  readonly turn: number;
}

export const useDeeds = create<Deeds>(() => ({ done: [], told: '', refused: '', turn: 0 }));

export async function loadDeeds(): Promise<void> {
  const last = await client().ask.memory.undoable();
  const { done } = useDeeds.getState();
  if (last?.time !== done.at(-1)?.time) useDeeds.setState({ done: last === null ? [] : [last] });
}

/** How long it is told, ms. What was refused stays until it is seen. */
const TOLD_MS = 8_000;
let timer: ReturnType<typeof setTimeout> | null = null;

useDeeds.subscribe(({ turn, told }, before) => {
  if (turn === before.turn) return;
  if (timer !== null) clearTimeout(timer);
  timer = told === '' ? null : setTimeout(hush, TOLD_MS);
});

/** True when it was done. */
export async function act(action: ItemAction): Promise<boolean> {
  const outcome = await client().ask.memory.change(action);
  if (!outcome.ok) {
    useDeeds.setState(({ turn }) => ({ refused: outcome.message, told: '', turn: turn + 1 }));
    return false;
  }
  const { undoable } = outcome;
  useDeeds.setState(({ done, turn }) => ({
    done: undoable === null ? done : [...done, undoable],
    told: `${DONE_NAMES[action.kind]}: ${titleOf(outcome.item)}`,
    refused: '',
    turn: turn + 1,
  }));
  return true;
}

export async function undo(): Promise<void> {
  const undone = await client().ask.memory.undo();
  const before = await client().ask.memory.undoable();
  useDeeds.setState(({ done, turn }) => {
    const left = done.slice(0, -1);
    return {
      done: left.length === 0 && before !== null ? [before] : left,
      told:
        undone === null
          ? 'There is nothing to undo'
          : `Undone: ${DONE_NAMES[undone.kind].toLowerCase()} ${undone.name}`,
      refused: '',
      turn: turn + 1,
    };
  });
}

export function hush(): void {
  useDeeds.setState({ told: '', refused: '' });
}
