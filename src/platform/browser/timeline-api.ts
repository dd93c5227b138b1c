/** What of the time axis crosses between the page and the worker. */
import type { Axis } from '../../core/timeline/axis.ts';
import type { AxisMark, AxisSession, AxisSessionPage } from '../../core/timeline/timeline-views.ts';

export interface TimelineApi {
  /** Null: no such persona. @param moments whether to wait until the moments of the sessions are read */
  axis(personaId: string, moments: boolean): Promise<Axis | null>;
  /** Null: there is a newer axis than this version. @param time of the message that is meant; null: the first */
  session(personaId: string, version: number, session: number, time: number | null): AxisSession | null;
  mark(personaId: string, version: number, mark: number): AxisMark | null;
  /** Newest first, each with its sub-agents after it. */
  sessions(personaId: string, version: number, offset: number, limit: number): AxisSessionPage | null;
}
