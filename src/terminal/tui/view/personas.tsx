import { Box, Text } from 'ink';
import type { PersonaSummary } from '../../../core/model/views.ts';
import { columnsOf, count, fit, oneLine } from '../../text.ts';
import { settled } from '../list-place.ts';
import { Line, Row } from './line.tsx';
import { useScene } from './scene.ts';

/** Who, and how much each keeps. */
export function Personas({ width }: { readonly width: number }) {
  const { stage, library, layout } = useScene();
  const all = library.personas();
  const { cursor, top } = settled(stage.personas, all.length, layout.body);
  return (
    <Box flexDirection="column" width={width} height={layout.body} flexShrink={0}>
      {all.slice(top, top + layout.body).map((persona, at) => (
        <Row key={persona.id} isMarked={top + at === cursor} isActive={stage.focus === 'personas'}>
          <PersonaCells persona={persona} width={width - 2} />
        </Row>
      ))}
      {all.length === 0 && <Line> No personas yet</Line>}
    </Box>
  );
}

function PersonaCells({ persona, width }: { readonly persona: PersonaSummary; readonly width: number }) {
  const { theme } = useScene();
  const kept = count(persona.messagesKept);
  const tool = persona.source === 'claude' ? ' cc' : ' oc';
  const name = fit(oneLine(persona.name), Math.max(1, width - kept.length - tool.length - 2));
  const space = ' '.repeat(Math.max(1, width - columnsOf(name) - tool.length - kept.length - 1));
  return (
    <>
      {name}
      <Text {...theme.faint}>{`${tool}${space}${kept}`}</Text>
    </>
  );
}
