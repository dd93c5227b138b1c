import type { Workspace } from '../../core/workspace.ts';

/** What the screens read: the workspace as it was at one commit. Lists give the rows that are asked for. */
export type Library = Pick<
  Workspace,
  'personas' | 'timeline' | 'memory' | 'item' | 'session' | 'state' | 'overview' | 'undoable' | 'search'
>;
