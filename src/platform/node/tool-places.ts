import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { dataHome, type Environment } from './state-dir.ts';

/** OpenCode's own database or data folder: `$OPENCODE_DB`, else `$XDG_DATA_HOME/opencode`, else `~/.local/share/opencode`. */
export function opencodePlace(env: Environment = process.env, home = homedir()): string {
  const folder = join(dataHome(env, home), 'opencode');
  const set = env['OPENCODE_DB'];
  if (!set || set === ':memory:') return folder;
  return isAbsolute(set) ? set : join(folder, set);
}

/** Claude Code's own folder: `$CLAUDE_CONFIG_DIR`, else `~/.claude`. */
export function claudePlace(env: Environment = process.env, home = homedir()): string {
  const set = env['CLAUDE_CONFIG_DIR'];
  return set ? resolve(set) : join(home, '.claude');
}
