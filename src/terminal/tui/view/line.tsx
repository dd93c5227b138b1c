import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { useScene } from './scene.ts';

/** One line, cut where its pane ends. */
export function Line({ children }: { readonly children?: ReactNode }) {
  return (
    <Box height={1} flexShrink={0}>
      <Text wrap="truncate-end">{children ?? ' '}</Text>
    </Box>
  );
}

/** A row of a list: the marked one has a sign before it, so that it is seen without colours. */
export function Row({ isMarked, isActive, children }: { isMarked: boolean; isActive: boolean; children: ReactNode }) {
  const { theme } = useScene();
  return (
    <Line>
      <Text {...(isActive ? theme.accent : theme.faint)}>{isMarked ? (isActive ? '▌ ' : '› ') : '  '}</Text>
      {isMarked ? <Text {...theme.marked}>{children}</Text> : children}
    </Line>
  );
}

export function Rule() {
  const { theme, layout } = useScene();
  return (
    <Line>
      <Text {...theme.faint}>{'─'.repeat(layout.columns)}</Text>
    </Line>
  );
}
