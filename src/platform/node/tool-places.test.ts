import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stateDir } from './state-dir.ts';
import { claudePlace, opencodePlace } from './tool-places.ts';

test("OpenCode's own place is where OpenCode looks itself", () => {
  expect(opencodePlace({}, '/home/nora')).toBe('/home/nora/.local/share/opencode');
  expect(opencodePlace({ XDG_DATA_HOME: '/data' }, '/home/nora')).toBe('/data/opencode');
  expect(opencodePlace({ XDG_DATA_HOME: 'not/absolute' }, '/home/nora')).toBe('/home/nora/.local/share/opencode');
  expect(opencodePlace({ OPENCODE_DB: '/x/my.db' }, '/home/nora')).toBe('/x/my.db');
  expect(opencodePlace({ OPENCODE_DB: 'my.db' }, '/home/nora')).toBe('/home/nora/.local/share/opencode/my.db');
  expect(opencodePlace({ OPENCODE_DB: ':memory:' }, '/home/nora')).toBe('/home/nora/.local/share/opencode');
});

test("Claude Code's own place is where Claude Code looks itself", () => {
  expect(claudePlace({}, '/home/nora')).toBe('/home/nora/.claude');
  expect(claudePlace({ CLAUDE_CONFIG_DIR: '' }, '/home/nora')).toBe('/home/nora/.claude');
  expect(claudePlace({ CLAUDE_CONFIG_DIR: '/x/claude' }, '/home/nora')).toBe('/x/claude');
  expect(claudePlace({ CLAUDE_CONFIG_DIR: 'claude' }, '/home/nora')).toBe(join(process.cwd(), 'claude'));
});

test('the state stands in --data-dir, else in $XDG_DATA_HOME, else under the home folder', () => {
  expect(stateDir('/tmp/state', { XDG_DATA_HOME: '/data' }, '/home/nora')).toBe('/tmp/state');
  expect(stateDir(null, { XDG_DATA_HOME: '/data' }, '/home/nora')).toBe('/data/dramatis');
  expect(stateDir(null, {}, '/home/nora')).toBe('/home/nora/.local/share/dramatis');
});
