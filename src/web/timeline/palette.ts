/** The colours of the tokens as a canvas needs them: worked out when the theme changes, not with each frame. */
import { useEffect, useState } from 'react';

const TOKENS = {
  paper: '--paper',
  sunk: '--paper-sunk',
  ink: '--ink',
  soft: '--ink-soft',
  faint: '--ink-faint',
  hairline: '--hairline',
  accent: '--accent',
  human: '--role-human',
  assistant: '--role-assistant',
  tool: '--role-tool',
} as const;

const NAMES = [
  'paper',
  'sunk',
  'ink',
  'soft',
  'faint',
  'hairline',
  'accent',
  'human',
  'assistant',
  'tool',
  'persona',
] as const;
type Name = (typeof NAMES)[number];

export type Palette = Readonly<Record<Name, string>>;

/** Where the system sets the colours these are its names for them. */
const FORCED: Palette = {
  paper: 'Canvas',
  sunk: 'Canvas',
  ink: 'CanvasText',
  soft: 'CanvasText',
  faint: 'GrayText',
  hairline: 'GrayText',
  accent: 'Highlight',
  human: 'CanvasText',
  assistant: 'CanvasText',
  tool: 'GrayText',
  persona: 'LinkText',
};

const QUERIES = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)', '(forced-colors: active)'];

/** @param color of the persona: `var(--persona-3)` */
export function usePalette(color: string): Palette {
  const [palette, setPalette] = useState(() => readPalette(color));
  useEffect(() => {
    const read = (): void => setPalette(readPalette(color));
    read();
    const observer = new MutationObserver(read);
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    const queries = QUERIES.map((query) => matchMedia(query));
    for (const query of queries) query.addEventListener('change', read);
    return () => {
      observer.disconnect();
      for (const query of queries) query.removeEventListener('change', read);
    };
  }, [color]);
  return palette;
}

function readPalette(color: string): Palette {
  const isForced = matchMedia('(forced-colors: active)').matches;
  const probe = document.createElement('span');
  probe.hidden = true;
  // the system's colours are asked for by name
  probe.style.setProperty('forced-color-adjust', 'none');
  document.body.append(probe);
  const resolved = (value: string): string => {
    probe.style.color = value;
    return getComputedStyle(probe).color;
  };
  const palette: Record<Name, string> = { ...FORCED };
  for (const name of NAMES) {
    const own = name === 'persona' ? color : `var(${TOKENS[name]})`;
    palette[name] = resolved(isForced ? FORCED[name] : own);
  }
  probe.remove();
  return palette;
}

/** Red, green and blue, 0 to 255, of a colour as the browser tells it. */
export function channelsOf(color: string): readonly [number, number, number] {
  const [red = 0, green = 0, blue = 0] = [...color.matchAll(/[\d.]+/g)].map(([value]) => Number(value));
  return [red, green, blue];
}
