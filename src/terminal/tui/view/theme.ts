import type { TextProps } from 'ink';

type Style = Pick<TextProps, 'bold' | 'dimColor' | 'color' | 'underline' | 'inverse'>;

/** How things are told apart where colours and weights can be shown; none of it is needed to read. */
export interface Theme {
  readonly strong: Style;
  readonly faint: Style;
  readonly marked: Style;
  readonly accent: Style;
  readonly human: Style;
  readonly assistant: Style;
}

/** Colours of the terminal's own palette: they suit its ground. */
export const STYLED: Theme = {
  strong: { bold: true },
  faint: { dimColor: true },
  marked: { bold: true },
  accent: { color: 'red', bold: true },
  human: { color: 'blue' },
  assistant: { color: 'green' },
};

export const PLAIN: Theme = { strong: {}, faint: {}, marked: {}, accent: {}, human: {}, assistant: {} };
