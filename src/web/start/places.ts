/** Where the tools keep their sessions, on each system. */
export type System = 'mac' | 'windows' | 'linux';

export interface Place {
  readonly tool: string;
  readonly path: string;
}

export const SYSTEMS: readonly { readonly id: System; readonly name: string }[] = [
  { id: 'mac', name: 'macOS' },
  { id: 'windows', name: 'Windows' },
  { id: 'linux', name: 'Linux' },
];

/** OpenCode follows XDG on every system, macOS and Windows too. */
export const PLACES: Readonly<Record<System, readonly Place[]>> = {
  mac: [
    { tool: 'OpenCode', path: '~/.local/share/opencode' },
    { tool: 'Claude Code', path: '~/.claude/projects' },
  ],
  windows: [
    { tool: 'OpenCode', path: '%USERPROFILE%\\.local\\share\\opencode' },
    { tool: 'Claude Code', path: '%USERPROFILE%\\.claude\\projects' },
  ],
  linux: [
    { tool: 'OpenCode', path: '~/.local/share/opencode' },
    { tool: 'Claude Code', path: '~/.claude/projects' },
  ],
};

/** How to get into a folder whose name begins with a dot, in the system's own dialog. */
export const HIDDEN_FOLDERS: Readonly<Record<System, { readonly keys: string; readonly does: string }>> = {
  mac: { keys: '⌘ ⇧ .', does: 'shows hidden folders in the dialog; ⌘ ⇧ G takes a pasted path.' },
  windows: {
    keys: 'Alt D',
    does: 'puts the cursor into the address line of the dialog: paste the path and press Enter.',
  },
  linux: { keys: 'Ctrl H', does: 'shows hidden folders in the dialog; Ctrl L takes a pasted path.' },
};

/** Of whoever reads the page that is built, nothing is known. */
export const UNKNOWN: System = 'linux';

export function detectSystem(agent: string = navigator.userAgent): System {
  if (/Mac|iPhone|iPad/.test(agent)) return 'mac';
  if (/Windows/.test(agent)) return 'windows';
  return UNKNOWN;
}
