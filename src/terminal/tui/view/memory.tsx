import { Box, Text } from 'ink';
import type { Item } from '../../../core/model/item.ts';
import { ITEM_KINDS } from '../../../core/model/item.ts';
import { count, localDay, oneLine } from '../../text.ts';
import { settled } from '../list-place.ts';
import { memoryQuery } from '../lists.ts';
import { itemText, KIND_NAMES, titleOf } from '../words.ts';
import { FieldText } from './field-text.tsx';
import { Line, Row } from './line.tsx';
import { Preview } from './preview.tsx';
import { useScene } from './scene.ts';

/** What is remembered. */
export function Memory() {
  const { stage, library, layout } = useScene();
  const query = memoryQuery(stage);
  const { total } = library.memory({ ...query, limit: 0 });
  const { cursor, top } = settled(stage.memory.place, total, layout.list);
  const { items } = library.memory({ ...query, offset: top, limit: layout.list });
  const marked = items[cursor - top];
  return (
    <Box flexDirection="column" width={layout.columns} height={layout.body}>
      <MemoryHead />
      <Box flexDirection="column" height={layout.list}>
        {items.map((item, at) => (
          <Row key={item.id} isMarked={top + at === cursor} isActive>
            <ItemCells item={item} />
          </Row>
        ))}
        {total === 0 && <Line>{emptyWords(stage.memory.text, library.state().items)}</Line>}
      </Box>
      <Preview width={layout.columns} text={marked === undefined ? '' : itemText(marked)} />
    </Box>
  );
}

function MemoryHead() {
  const { stage, library, theme } = useScene();
  const { field, memory } = stage;
  if (field?.purpose === 'correct') return <FieldText label="Say it right: " text={field.text} isTyping />;
  const { kinds } = library.memory({ text: memory.text, limit: 0 });
  const all = ITEM_KINDS.reduce((sum, kind) => sum + kinds[kind], 0);
  const tabs = [
    { kind: null, label: `All ${count(all)}` },
    ...ITEM_KINDS.map((kind) => ({ kind, label: `${KIND_NAMES[kind][1]} ${count(kinds[kind])}` })),
  ];
  if (field?.purpose === 'memory') return <FieldText label="Find: " text={field.text} isTyping />;
  return (
    <Line>
      {tabs.map(({ kind, label }) => (
        <Text key={label} {...(kind === memory.kind ? theme.accent : theme.faint)}>
          {kind === memory.kind ? `[${label}] ` : ` ${label}  `}
        </Text>
      ))}
      {memory.text === '' ? '' : ` “${oneLine(memory.text)}”`}
    </Line>
  );
}

function ItemCells({ item }: { readonly item: Item }) {
  const { theme } = useScene();
  const said = item.evidence.at(-1)?.time;
  return (
    <>
      <Text
        {...theme.faint}
      >{`${said === undefined ? '' : localDay(said)}  ${KIND_NAMES[item.kind][0].padEnd(7)}`}</Text>
      {item.status === 'confirmed' ? '✓ ' : '  '}
      {titleOf(item)}
      <Text {...theme.faint}>
        {item.description === '' || item.kind === 'quote' ? '' : `  ${oneLine(item.description)}`}
      </Text>
    </>
  );
}

function emptyWords(text: string, items: number): string {
  if (text !== '') return '  Nothing remembered has all these words.';
  return items === 0 ? '  Nothing was extracted yet. To begin: dramatis extract' : '  Nothing of this kind yet.';
}
