/** The worker that owns the workspace: the page asks, and never reads or parses a file itself. */
import { expose } from 'comlink';
import { WorkspaceHost } from './workspace-host.ts';

expose(new WorkspaceHost());
