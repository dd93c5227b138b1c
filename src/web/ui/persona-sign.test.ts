import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { personaSign, SHAPES } from './persona-sign.ts';

const TOKENS = readFileSync(new URL('../style/tokens.css', import.meta.url), 'utf8');

test('a sign depends on the persona alone', () => {
  expect(personaSign('opencode:build', 'build')).toEqual(personaSign('opencode:build', 'build'));
  expect(personaSign('opencode:whatever', 'Ö').initial).toBe('Ö');
  expect(personaSign('opencode:whatever', '').initial).toBe('?');
});

test('the agents most people have differ in colour and in shape', () => {
  const signs = ['build', 'plan', 'general', 'explore'].map((agent) => personaSign(`opencode:${agent}`, agent));
  expect(new Set(signs.map(({ color }) => color)).size).toBe(signs.length);
  expect(new Set(signs.map(({ shape }) => shape)).size).toBe(signs.length);
});

test('any agent gets a colour and a shape there is', () => {
  for (let at = 0; at < 500; at += 1) {
    const { color, shape } = personaSign(`opencode:agent-${at}`, 'a');
    expect(TOKENS).toContain(`--${color.slice(6, -1)}:`);
    expect(SHAPES[shape]).toBeDefined();
  }
});

/** `--name: light-dark(#aabbcc, #ddeeff)` */
function colours(name: string): readonly [string, string] {
  const found = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(TOKENS);
  return [found?.[1] ?? '', found?.[2] ?? ''];
}

function luminance(colour: string): number {
  const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  const [r = 0, g = 0, b = 0] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

const READ = ['ink', 'ink-soft', 'ink-faint', 'accent', 'warning', 'role-human', 'role-assistant', 'role-tool'];
const CODE = ['code-keyword', 'code-string', 'code-number', 'code-name', 'code-note', 'code-added', 'code-removed'];

test.each([
  ...READ.map((name) => [name, 'paper'] as const),
  ...Array.from({ length: 8 }, (_, at) => [`persona-${at}`, 'paper'] as const),
  ...Array.from({ length: 8 }, (_, at) => ['on-persona', `persona-${at}`] as const),
  ...CODE.map((name) => [name, 'code-ground'] as const),
  ['on-accent', 'accent'] as const,
  ['ink', 'accent-wash'] as const,
  ['ink-soft', 'paper-sunk'] as const,
])('%s on %s has a contrast of 4.5 in both themes', (front, back) => {
  for (const theme of [0, 1] as const)
    expect(contrast(colours(front)[theme], colours(back)[theme])).toBeGreaterThan(4.5);
});
