/** What of activity crosses between the page and the worker. */
import type {
  ActivityMessage,
  ActivityQuery,
  ActivityReport,
  IntervalPage,
  IntervalsQuery,
} from '../../core/model/activity-views.ts';

export interface ActivityApi {
  report(query: ActivityQuery): Promise<ActivityReport>;
  intervals(query: IntervalsQuery): Promise<IntervalPage>;
  messages(sessionId: string, start: number, end: number): Promise<readonly ActivityMessage[]>;
  /** Yesterday and today as plain text, to be pasted somewhere. @param zone IANA name; @param window minutes */
  standup(zone: string, window: number): Promise<string>;
}
