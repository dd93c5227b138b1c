import { Box, Text } from 'ink';
import { plain } from '../../text.ts';
import { wrapped } from '../wrap.ts';
import { Line } from './line.tsx';
import { useScene } from './scene.ts';

/** More than fits a preview, in UTF-16 units. */
const ENOUGH = 10_000;

/** The beginning of what is marked, under its list. */
export function Preview({ text, width }: { readonly text: string; readonly width: number }) {
  const { layout, theme } = useScene();
  if (layout.preview === 0) return null;
  const lines = wrapped(plain(text.slice(0, ENOUGH)), width - 2);
  const shown = lines.slice(0, layout.preview);
  return (
    <Box flexDirection="column" width={width}>
      <Line>
        <Text {...theme.faint}>{'─'.repeat(width)}</Text>
      </Line>
      {shown.map((line, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- lines of one text, drawn once
        <Line key={at}>{`  ${at === shown.length - 1 && lines.length > shown.length ? `${line} …` : line}`}</Line>
      ))}
    </Box>
  );
}
