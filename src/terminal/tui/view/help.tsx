import { Box, Text } from 'ink';
import { Line } from './line.tsx';
import { useScene } from './scene.ts';

const KEYS: readonly (readonly [keys: string, does: string])[] = [
  ['j k  ↓ ↑', 'next, previous'],
  ['PgDn PgUp  space', 'a screen on, back'],
  ['g g  G', 'first, last'],
  ['Tab  h l  ← →', 'other pane, other kind'],
  ['Enter', 'open what is marked'],
  ['Esc', 'close, back'],
  ['/', 'search; on Memory: find'],
  ['g p  g m', 'personas, memory'],
  ['g t  g y', 'status, sync'],
  ['g i', 'import what is new'],
  ['c e x', 'on Memory: confirm, correct, reject'],
  ['u', 'on Memory: undo'],
  ['Ctrl L', 'draw the screen again'],
  ['? q', 'this help, quit'],
];

export function Help() {
  const { layout, theme } = useScene();
  return (
    <Box flexDirection="column" width={layout.columns} height={layout.body}>
      {KEYS.slice(0, layout.body).map(([keys, does]) => (
        <Line key={keys}>
          <Text {...theme.strong}>{`  ${keys.padEnd(18)}`}</Text>
          {does}
        </Line>
      ))}
    </Box>
  );
}
