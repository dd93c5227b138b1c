/** For tests and samples: writes a history as OpenCode's JSON folders, in the layout of either era. */
import type { FixtureFolder } from '../opencode-shared/fixture-folder.ts';
import type { FixtureSession } from './fixture-history.ts';

/** `storage/{session,message,part}` of 0.6 to 1.1, below the data folder. */
export function writeStorage(data: FixtureFolder, sessions: readonly FixtureSession[]): void {
  const storage = data.folder('storage');
  for (const name of ['session', 'message', 'part', 'todo', 'session_diff', 'project']) storage.folder(name);
  storage.write('migration', '2');
  for (const { id, projectId, json, messages } of sessions) {
    storage.write(`project/${projectId}.json`, { id: projectId, worktree: '/' });
    storage.write(`session/${projectId}/${id}.json`, json);
    storage.write(`session_diff/${id}.json`, []);
    for (const message of messages) {
      storage.write(`message/${id}/${message.id}.json`, message.json);
      for (const part of message.parts) storage.write(`part/${message.id}/${part.id}.json`, part.json);
    }
  }
}

/** `project/<slug>/storage/session/{info,message,part}` to 0.5, below the data folder. Sessions do not say their folder. */
export function writeOldProjects(data: FixtureFolder, sessions: readonly FixtureSession[]): void {
  for (const { id, directory, json, messages } of sessions) {
    const project = data.folder(`project/${slugOf(directory)}`);
    project.write('app.json', '{}');
    const session = project.folder('storage/session');
    const { directory: _directory, projectID: _project, ...old } = json;
    session.write(`info/${id}.json`, old);
    for (const message of messages) {
      session.write(`message/${id}/${message.id}.json`, message.json);
      for (const part of message.parts) session.write(`part/${id}/${message.id}/${part.id}.json`, part.json);
    }
  }
}

function slugOf(directory: string): string {
  return directory.includes('notes') ? 'global' : directory.replaceAll(/[^A-Za-z0-9]+/g, '-').replace(/^-/, '');
}
