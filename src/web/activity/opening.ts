import type { TimeKind } from '../../core/model/activity-views.ts';

/** A total that is opened into its intervals. */
export interface Opening {
  readonly kind: TimeKind;
  /** Of one group alone. */
  readonly group?: string;
  /** Of one day alone, `2026-11-21`. */
  readonly date?: string;
  /** What it is the total of: a day, a project. */
  readonly of: string;
}
