import type { EnvironmentResult, SizeResult, StepName } from './result.ts';

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
const NATIVE_STEPS = ['list', 'recent', 'all'] as const;
type NativeStep = (typeof NATIVE_STEPS)[number];

const NAMES = {
  list: 'First session list',
  recent: 'Rows of the last 14 days',
  all: 'Rows of everything',
  import: 'A whole import, on screen',
  again: 'Second import, nothing new',
} as const satisfies Record<StepName, string>;

/** The measures of one size, with the targets of the product. */
export function linesOf(result: SizeResult): Line[] {
  const big = result.size === 'L' || result.size === 'XL';
  return [
    timeLine(result, 'list', { ms: 300 }),
    timeLine(result, 'recent', big ? { ratio: 2.5 } : {}),
    timeLine(result, 'all', big ? { ratio: 2.5 } : {}),
    timeLine(result, 'import', result.size === 'S' ? { ms: 3000 } : {}),
    againTime(result),
    againBytes(result),
    ...(['list', 'recent', 'all', 'import'] as const).map((step) => bytesLine(result, step)),
    memoryLine(result, 'all'),
    memoryLine(result, 'import'),
    taskLine(result),
  ];
}

export function tableOf(lines: readonly Line[]): string {
  const head = ['', 'target', '`sqlite3`', 'Node', 'Chromium', 'met'];
  const rows = lines.map(({ what, target, native, node, chromium, ok }) => {
    return [what, target, native, node, chromium, ok === null ? '' : ok ? 'yes' : '**no**'];
  });
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i]?.length ?? 0)));
  const draw = (cells: readonly string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [draw(head), rule, ...rows.map(draw)].join('\n');
}

function timeLine(result: SizeResult, step: Exclude<StepName, 'again'>, target: { ms?: number; ratio?: number }): Line {
  const native = isNativeStep(step) && result.native ? result.native[step] : null;
  const show = ({ steps }: EnvironmentResult) => {
    const { ms } = steps[step];
    return native && step !== 'list' ? `${time(ms)} (${(ms / native).toFixed(1)}x)` : time(ms);
  };
  const { ms } = result.chromium.steps[step];
  const ok = target.ms ? ms <= target.ms : target.ratio && native ? ms <= target.ratio * native : null;
  return {
    what: NAMES[step],
    target: target.ms ? `≤ ${time(target.ms)}` : target.ratio ? `≤ ${target.ratio}x` : '',
    native: native ? time(native) : '',
    node: show(result.node),
    chromium: show(result.chromium),
    ok,
  };
}

function againTime(result: SizeResult): Line {
  const share = ({ steps }: EnvironmentResult) => steps.again.ms / steps.import.ms;
  const show = (environment: EnvironmentResult) =>
    `${time(environment.steps.again.ms)} (${percent(share(environment))} of the first)`;
  const shown = { node: show(result.node), chromium: show(result.chromium) };
  const ok = isSmall(result) ? null : share(result.chromium) <= 0.1;
  return { what: NAMES.again, target: ok === null ? '' : '≤ 10 %', native: '', ...shown, ok };
}

function againBytes(result: SizeResult): Line {
  const share = ({ steps }: EnvironmentResult) => steps.again.bytes / result.fileBytes;
  const show = (environment: EnvironmentResult) =>
    `${size(environment.steps.again.bytes)} (${percent(share(environment))} of the file)`;
  const shown = { node: show(result.node), chromium: show(result.chromium) };
  const ok = isSmall(result) ? null : share(result.chromium) <= 0.02;
  return { what: `${NAMES.again}: read`, target: ok === null ? '' : '≤ 2 %', native: '', ...shown, ok };
}

function bytesLine(result: SizeResult, step: StepName): Line {
  const show = ({ steps }: EnvironmentResult) => size(steps[step].bytes);
  const shown = { node: show(result.node), chromium: show(result.chromium) };
  return { what: `${NAMES[step]}: read`, target: '', native: '', ...shown, ok: null };
}

function memoryLine(result: SizeResult, step: StepName): Line {
  const show = ({ steps }: EnvironmentResult) => (steps[step].peak === null ? 'not known' : size(steps[step].peak));
  const shown = { node: show(result.node), chromium: show(result.chromium) };
  const { peak } = result.chromium.steps[step];
  const bound = result.size === 'XL';
  const ok = bound && peak !== null ? peak <= 256 * MB : null;
  return { what: `${NAMES[step]}: memory above idle`, target: bound ? '≤ 256 MB' : '', native: '', ...shown, ok };
}

function taskLine({ chromium }: SizeResult): Line {
  const longest = chromium.longestTask ?? 0;
  const shown = longest === 0 ? 'under 50 ms' : time(longest);
  return {
    what: 'Longest task of the page',
    target: '≤ 50 ms',
    native: '',
    node: '',
    chromium: shown,
    ok: longest <= 50,
  };
}

/** M is a smoke run: of so few megabytes, shares and ratios say nothing. */
function isSmall({ size }: SizeResult): boolean {
  return size === 'M';
}

function isNativeStep(step: StepName): step is NativeStep {
  return NATIVE_STEPS.some((name) => name === step);
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
