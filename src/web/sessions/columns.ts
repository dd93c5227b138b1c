/** The columns of the sessions table, most telling first: the last ones go when there is no room. */
import type { SessionSort } from '../../core/model/views.ts';

export interface Column {
  readonly sort: SessionSort;
  readonly label: string;
  /** Class of the column: its width, and from which width of window on it shows. */
  readonly name: 'title' | 'project' | 'start' | 'end' | 'messages' | 'tools';
  /** Which way it is sorted first. */
  readonly descending: boolean;
}

export const COLUMNS: readonly Column[] = [
  { sort: 'title', label: 'Session', name: 'title', descending: false },
  { sort: 'project', label: 'Project', name: 'project', descending: false },
  { sort: 'start', label: 'Started', name: 'start', descending: true },
  { sort: 'end', label: 'Last active', name: 'end', descending: true },
  { sort: 'messages', label: 'Messages', name: 'messages', descending: true },
  { sort: 'tools', label: 'Tool calls', name: 'tools', descending: true },
];
