import { Box, Text } from 'ink';
import { count, oneLine, plain } from '../../text.ts';
import type { Reader as OpenedText } from '../stage.ts';
import { wrapped } from '../wrap.ts';
import { Line } from './line.tsx';
import { useScene } from './scene.ts';

/** A text opened whole: the lines in sight. */
export function Reader({ reader }: { readonly reader: OpenedText }) {
  const { layout, theme } = useScene();
  const lines = wrapped(plain(reader.text), layout.columns);
  const height = layout.body - 1;
  const end = Math.min(lines.length, reader.top + height);
  return (
    <Box flexDirection="column" width={layout.columns} height={layout.body}>
      <Line>
        <Text {...theme.strong}>{oneLine(reader.title)}</Text>
        <Text
          {...theme.faint}
        >{`  lines ${count(reader.top + 1)} to ${count(end)} of ${count(lines.length)}; Esc closes`}</Text>
      </Line>
      {lines.slice(reader.top, end).map((line, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- lines of one text, drawn once
        <Line key={at}>{line}</Line>
      ))}
    </Box>
  );
}
