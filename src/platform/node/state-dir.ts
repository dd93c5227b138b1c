import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where the state is kept: `--data-dir`, else `$XDG_DATA_HOME/dramatis`, else `~/.local/share/dramatis`. */
export function stateDir(dataDir: string | null, env: Environment = process.env, home = homedir()): string {
  return dataDir === null ? join(dataHome(env, home), 'dramatis') : resolve(dataDir);
}

/** Where programs keep their data: `$XDG_DATA_HOME` when it is an absolute path, as the XDG rules ask, else `~/.local/share`. */
export function dataHome(env: Environment, home: string): string {
  const set = env['XDG_DATA_HOME'];
  return set && isAbsolute(set) ? set : join(home, '.local', 'share');
}
