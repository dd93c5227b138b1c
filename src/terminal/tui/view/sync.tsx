import { Box } from 'ink';
import { Line } from './line.tsx';
import { useScene } from './scene.ts';

/** How this device stands to its others. */
export function Sync() {
  const { layout, standing } = useScene();
  return (
    <Box flexDirection="column" width={layout.columns} height={layout.body}>
      {standing.syncLines.slice(0, layout.body).map((line, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- lines of one text, drawn once
        <Line key={at}>{`  ${line}`}</Line>
      ))}
    </Box>
  );
}
