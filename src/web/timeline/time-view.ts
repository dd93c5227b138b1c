/** Which part of time a person looks at, and what is marked in it: view state that changes with each frame. */
import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';
import type { Axis } from '../../core/timeline/axis.ts';
import type { TimeWindow } from '../../core/timeline/window.ts';
import { lengthOf, showing, wholeWindow, within } from '../../core/timeline/window.ts';

export interface TimeState {
  readonly shown: TimeWindow;
  /** Everything there is. */
  readonly whole: TimeWindow;
  /** From the first to the last message that is in sight in the conversation. */
  readonly reading: TimeWindow | null;
}

export type TimeView = StoreApi<TimeState>;

/** Where each persona's axis was left, as long as the page is open. */
const left = new Map<string, TimeWindow>();

export function createTimeView(persona: string, axis: Axis): TimeView {
  const whole = wholeWindow(axis.first, axis.last);
  const view = createStore<TimeState>(() => ({
    shown: within(left.get(persona) ?? whole, whole),
    whole,
    reading: null,
  }));
  view.subscribe(({ shown, whole }) => {
    if (isWhole(shown, whole)) left.delete(persona);
    else left.set(persona, shown);
  });
  return view;
}

/** There is more, or less, than there was: who looked at everything still does. */
export function takeExtent(view: TimeView, axis: Axis): void {
  const { shown, whole: before } = view.getState();
  const whole = wholeWindow(axis.first, axis.last);
  view.setState({ whole, shown: isWhole(shown, before) ? whole : within(shown, whole) });
}

export function look(view: TimeView, at: (shown: TimeWindow, whole: TimeWindow) => TimeWindow): void {
  const { shown, whole } = view.getState();
  view.setState({ shown: at(shown, whole) });
}

/** What is read is marked; the window follows when it has gone out of it. */
export function follow(view: TimeView, reading: TimeWindow): void {
  const { reading: before, shown, whole } = view.getState();
  if (before?.from === reading.from && before.to === reading.to) return;
  view.setState({ reading, shown: before === null ? shown : showing(shown, reading, whole) });
}

export function isWhole(shown: TimeWindow, whole: TimeWindow): boolean {
  return lengthOf(shown) >= lengthOf(whole) * 0.999;
}
