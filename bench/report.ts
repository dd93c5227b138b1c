import type { SizeResult, Steps } from './result.ts';

/** One measure: the target, what was found, and whether the browser meets it. Null: there is no target. */
export interface Line {
  readonly what: string;
  readonly target: string;
  readonly native: string;
  readonly node: string;
  readonly chromium: string;
  readonly ok: boolean | null;
}

const MB = 1e6;

const READ = [
  ['First session list: read', 'list'],
  ['Rows of the last 14 days: read', 'recent'],
  ['Rows of everything: read', 'all'],
  ['A whole import: read', 'import'],
] as const;

/** The measures of one size, with the targets of the product. */
export function linesOf(result: SizeResult): Line[] {
  return [
    listLine(result),
    rowsLine(result, 'Rows of the last 14 days', 'recent'),
    rowsLine(result, 'Rows of everything', 'all'),
    importLine(result),
    againTime(result),
    againBytes(result),
    memoryLine(result, 'Rows of everything: memory', result.node.all.peak, result.chromium.all.peak),
    memoryLine(result, 'A whole import: memory', result.node.import.peak, result.app.peak),
    taskLine(result),
    ...READ.map(([what, step]) => plain(what, result, ({ [step]: { bytes } }) => size(bytes))),
    plain('The bare bytes of the file', result, ({ bytes }) => time(bytes.ms)),
  ];
}

/** A Markdown table. */
export function tableOf(lines: readonly Line[]): string {
  const head = ['', 'target', 'native', 'Node', 'Chromium', 'met'];
  const rows = lines.map(({ what, target, native, node, chromium, ok }) => {
    return [what, target, native, node, chromium, ok === null ? '' : ok ? 'yes' : '**no**'];
  });
  return rowTable(head, rows);
}

/** A Markdown table of these cells; all columns but the first to the right. */
export function rowTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i]?.length ?? 0)));
  const pad = (cell: string, i: number) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0));
  const draw = (cells: readonly string[]) => `| ${cells.map(pad).join(' | ')} |`;
  const rule = `| ${widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [draw(head), rule, ...rows.map(draw)].join('\n');
}

function listLine({ native, node, app }: SizeResult): Line {
  return {
    what: 'First session list, in the app',
    target: '≤ 300 ms',
    native: native ? time(native.list) : '',
    node: time(node.list.ms),
    chromium: time(app.list),
    ok: app.list <= 300,
  };
}

function rowsLine({ size, native, node, chromium }: SizeResult, what: string, step: 'recent' | 'all'): Line {
  const bound = size === 'L' || size === 'XL';
  const compare = (ms: number) => (native ? `${time(ms)} (${(ms / native[step]).toFixed(1)}x)` : time(ms));
  return {
    what,
    target: bound ? '≤ 2.5x' : '',
    native: native ? time(native[step]) : '',
    node: compare(node[step].ms),
    chromium: compare(chromium[step].ms),
    ok: bound && native ? chromium[step].ms <= 2.5 * native[step] : null,
  };
}

function importLine({ size, node, app }: SizeResult): Line {
  const bound = size === 'S';
  const shown = { native: '', node: time(node.import.ms), chromium: time(app.import) };
  const ok = bound ? app.import <= 3000 : null;
  return { what: 'A whole import, in the app', target: bound ? '≤ 3.00 s' : '', ...shown, ok };
}

function againTime({ size, node, app }: SizeResult): Line {
  const show = (ms: number, first: number) => `${time(ms)} (${percent(ms / first)})`;
  const shown = { node: show(node.again.ms, node.import.ms), chromium: show(app.again, app.import) };
  const ok = isSmall(size) ? null : app.again <= 0.1 * app.import;
  return {
    what: 'Second import, in the app',
    target: ok === null ? '' : '≤ 10 % of the first',
    native: '',
    ...shown,
    ok,
  };
}

function againBytes(result: SizeResult): Line {
  const share = ({ again }: Steps) => again.bytes / result.fileBytes;
  const show = (steps: Steps) => `${size(steps.again.bytes)} (${percent(share(steps))})`;
  const shown = { node: show(result.node), chromium: show(result.chromium) };
  const ok = isSmall(result.size) ? null : share(result.chromium) <= 0.02;
  return { what: 'Second import: read', target: ok === null ? '' : '≤ 2 % of the file', native: '', ...shown, ok };
}

function memoryLine(result: SizeResult, what: string, node: number | null, chromium: number | null): Line {
  const show = (bytes: number | null) => (bytes === null ? 'not known' : size(bytes));
  const bound = result.size === 'XL';
  const ok = bound && chromium !== null ? chromium <= 256 * MB : null;
  return { what, target: bound ? '≤ 256 MB' : '', native: '', node: show(node), chromium: show(chromium), ok };
}

function taskLine({ app: { longestTask } }: SizeResult): Line {
  const chromium = longestTask === 0 ? 'under 50 ms' : time(longestTask);
  return { what: 'Longest task of the page', target: '≤ 50 ms', native: '', node: '', chromium, ok: longestTask <= 50 };
}

function plain(what: string, { node, chromium }: SizeResult, show: (steps: Steps) => string): Line {
  return { what, target: '', native: '', node: show(node), chromium: show(chromium), ok: null };
}

/** M is a smoke run: of so few megabytes, shares say nothing. */
function isSmall(name: SizeResult['size']): boolean {
  return name === 'M';
}

function time(ms: number): string {
  return ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(2)} s`;
}

function size(bytes: number): string {
  return `${(bytes / MB).toFixed(bytes < 10 * MB ? 1 : 0)} MB`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}
