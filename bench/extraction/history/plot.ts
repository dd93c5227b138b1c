/** The size of state over time, drawn as an SVG. */
import type { Sample } from './looking-store.ts';

const WIDTH = 720;
const HEIGHT = 260;
const LEFT = 52;
const RIGHT = 708;
const TOP = 16;
const BOTTOM = 222;
/** Room above the limit, as a part of it. */
const HEADROOM = 1.1;
const MARKS = 5;

/** @param limitBytes drawn as a line of its own */
export function plotOf(samples: readonly Sample[], limitBytes: number): string {
  const end = Math.max(1, ...samples.map(({ ms }) => ms));
  const top = Math.max(limitBytes, ...samples.map(({ bytes }) => bytes)) * HEADROOM;
  const x = (ms: number): string => (LEFT + ((RIGHT - LEFT) * ms) / end).toFixed(1);
  const y = (bytes: number): string => (BOTTOM - ((BOTTOM - TOP) * bytes) / top).toFixed(1);
  // what was written stays until the next commit: steps, not slopes
  const line = samples.map(({ ms, bytes }, at) => `${at === 0 ? 'M' : 'H'}${x(ms)}${at === 0 ? ' ' : 'V'}${y(bytes)}`);
  const most = samples.reduce((sum, { bytes }) => Math.max(sum, bytes), 0);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" font-family="sans-serif" font-size="12" fill="#444">
  <title>State after each of ${samples.length} commits: at most ${megabytes(most)}, the limit is ${megabytes(limitBytes)}</title>
  <rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
${marks(limitBytes)
  .map((bytes) => rule(y(bytes), megabytes(bytes), bytes === limitBytes))
  .join('\n')}
  <path d="${line.join('')}" fill="none" stroke="#2b6cb0" stroke-width="1.5"/>
${marks(end)
  .map((ms) => label(x(ms), ms))
  .join('\n')}
  <text x="${LEFT + 6}" y="${Number(y(limitBytes)) - 5}" fill="#b83232">limit</text>
</svg>
`;
}

function marks(end: number): number[] {
  return Array.from({ length: MARKS + 1 }, (_, at) => (end * at) / MARKS);
}

function rule(y: string, text: string, isLimit: boolean): string {
  const stroke = isLimit ? 'stroke="#b83232" stroke-dasharray="6 4"' : 'stroke="#ddd"';
  return `  <path d="M${LEFT} ${y}H${RIGHT}" ${stroke}/><text x="${LEFT - 6}" y="${Number(y) + 4}" text-anchor="end">${text}</text>`;
}

function label(x: string, ms: number): string {
  const anchor = ms === 0 ? 'start' : Number(x) > RIGHT - 1 ? 'end' : 'middle';
  return `  <text x="${x}" y="${BOTTOM + 20}" text-anchor="${anchor}">${(ms / 1_000).toFixed(1)} s</text>`;
}

function megabytes(bytes: number): string {
  return `${Number((bytes / 1e6).toFixed(1))} MB`;
}
