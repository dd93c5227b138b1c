import { Box } from 'ink';
import { Line } from './line.tsx';
import { useScene } from './scene.ts';

/** How this device stands to its others. */
export function Sync() {
  const { layout, standing } = useScene();
  return (
    <Box flexDirection="column" width={layout.columns} height={layout.body}>
      {standing.syncLines.slice(0, layout.body).map((line) => (
        <Line key={line}>{`  ${line}`}</Line>
      ))}
    </Box>
  );
}
