import { Box, Text } from 'ink';
import { count, localDay, oneLine } from '../../text.ts';
import { settled } from '../list-place.ts';
import { type Hit, search } from '../search.ts';
import { FieldText } from './field-text.tsx';
import { Line, Row } from './line.tsx';
import { Preview } from './preview.tsx';
import { useScene } from './scene.ts';

/** One box over everything that is kept. */
export function Search() {
  const { stage, library, layout } = useScene();
  const { hits, total, notes } = search(library, stage.search.text);
  const { cursor, top } = settled(stage.search.place, hits.length, layout.list);
  const marked = hits[cursor];
  const isTyping = stage.field?.purpose === 'search';
  return (
    <Box flexDirection="column" width={layout.columns} height={layout.body}>
      <FieldText
        label={total === 0 ? 'Search: ' : `Search (${count(total)}): `}
        text={stage.search.text}
        isTyping={isTyping}
      />
      <Box flexDirection="column" height={layout.list}>
        {hits.slice(top, top + layout.list).map((hit, at) => (
          <Row key={`${hit.kind} ${hit.hit.id}`} isMarked={top + at === cursor} isActive>
            <HitCells hit={hit} />
          </Row>
        ))}
        {hits.length === 0 && <Line>{`  ${oneLine(notes[0] ?? emptyWords(stage.search.text))}`}</Line>}
      </Box>
      <Preview width={layout.columns} text={marked === undefined ? '' : previewOf(marked)} />
    </Box>
  );
}

function emptyWords(text: string): string {
  return text.trim() === ''
    ? 'Type words, "phrases", and filters: project:shop persona:build since:2026-11-01. Esc leaves.'
    : 'Nothing that is kept has all these words.';
}

function HitCells({ hit }: { readonly hit: Hit }) {
  const { theme } = useScene();
  const { kind, when, title, more } = partsOf(hit);
  return (
    <>
      <Text {...theme.faint}>{`${when === null ? ' '.repeat(10) : localDay(when)}  ${kind.padEnd(8)}`}</Text>
      {oneLine(title)}
      <Text {...theme.faint}>{more === '' ? '' : `  ${oneLine(more)}`}</Text>
    </>
  );
}

function partsOf({ kind, hit }: Hit): { kind: string; when: number | null; title: string; more: string } {
  switch (kind) {
    case 'persona':
      return { kind, when: hit.lastTime, title: hit.name.text, more: hit.id };
    case 'item':
      return { kind: hit.kind, when: hit.time, title: hit.name.text, more: hit.excerpt?.text ?? '' };
    case 'session':
      return { kind, when: hit.time, title: hit.title.text, more: hit.projectName };
    case 'message':
      return { kind: hit.role === 'user' ? 'you' : 'agent', when: hit.time, title: hit.excerpt.text, more: '' };
  }
}

function previewOf({ kind, hit }: Hit): string {
  switch (kind) {
    case 'persona':
      return hit.id;
    case 'item':
      return [hit.name.text, hit.excerpt?.text ?? ''].join('\n\n');
    case 'session':
      return [hit.title.text, hit.excerpt?.text ?? '', hit.id].join('\n\n');
    case 'message':
      return `${hit.excerpt.text}\n\n${hit.sessionTitle} (${hit.projectName})`;
  }
}
