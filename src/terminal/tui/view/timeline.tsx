import { Box, Text } from 'ink';
import type { PersonaSummary, TimelineRow } from '../../../core/model/views.ts';
import { byteSize, columnsOf, count, fit, oneLine } from '../../text.ts';
import { settled } from '../list-place.ts';
import { markedPersona } from '../lists.ts';
import { timelinePlace } from '../stage.ts';
import { clockWords, dayWords } from '../words.ts';
import { Line, Row } from './line.tsx';
import { Preview } from './preview.tsx';
import { useScene } from './scene.ts';

/** What a persona keeps: the rows in sight, and the whole of the marked one as far as there is room. */
export function Timeline() {
  const { stage, library, layout, theme } = useScene();
  const id = markedPersona(stage, library, layout);
  if (id === null) return <Empty />;
  const total = library.timeline(id, 0, 0)?.total ?? 0;
  const { cursor, top } = settled(timelinePlace(stage, id), total, layout.list);
  const page = library.timeline(id, top, layout.list);
  if (page === null) return <Empty />;
  const { persona, rows } = page;
  const marked = rows[cursor - top];
  const kept = `${count(persona.messagesKept)} of ${count(persona.messagesTotal)} kept, ${byteSize(persona.bytes)}`;
  return (
    <Box flexDirection="column" width={layout.main} height={layout.body}>
      <Line>
        <Text {...theme.strong}>{oneLine(persona.name)}</Text>
        <Text {...theme.faint}>{`  ${kept}`}</Text>
      </Line>
      <Box flexDirection="column" height={layout.list}>
        {rows.map((row, at) => (
          <Row key={row.key} isMarked={top + at === cursor} isActive={stage.focus === 'timeline'}>
            <TimelineCells row={row} persona={persona} />
          </Row>
        ))}
      </Box>
      <Preview width={layout.main} text={marked?.kind === 'message' ? marked.text : ''} />
    </Box>
  );
}

function Empty() {
  const { layout } = useScene();
  return (
    <Box flexDirection="column" width={layout.main} height={layout.body}>
      <Line>Nothing was imported yet. To begin, press g i</Line>
    </Box>
  );
}

const WHO_WIDTH = 9;

function TimelineCells({ row, persona }: { readonly row: TimelineRow; readonly persona: PersonaSummary }) {
  const { theme } = useScene();
  switch (row.kind) {
    case 'day':
      return <Text {...theme.strong}>{dayWords(row.time)}</Text>;
    case 'session':
      return <Text {...theme.faint}>{`· ${oneLine(row.title) || 'untitled'} (${oneLine(row.projectName)})`}</Text>;
    case 'message': {
      const isHuman = row.role === 'user';
      const who = fit(isHuman ? 'You' : oneLine(persona.name), WHO_WIDTH);
      const space = ' '.repeat(WHO_WIDTH - columnsOf(who) + 1);
      return (
        <>
          <Text {...theme.faint}>{`${clockWords(row.time)} `}</Text>
          <Text {...(isHuman ? theme.human : theme.assistant)}>{who}</Text>
          {`${space}${oneLine(row.text.slice(0, LONGEST_LINE))}`}
        </>
      );
    }
  }
}

/** No terminal is as wide: a long message is not looked through for one line. */
const LONGEST_LINE = 1_000;
