import { Text } from 'ink';
import { columnsOf, oneLine } from '../../text.ts';
import { Line } from './line.tsx';
import { useScene } from './scene.ts';

/** What is being typed: of a long text its end. */
export function FieldText({ label, text, isTyping }: { label: string; text: string; isTyping: boolean }) {
  const { layout, theme } = useScene();
  const room = layout.columns - columnsOf(label) - 2;
  const shown = endOf(oneLine(`${text}|`).slice(0, -1), room);
  return (
    <Line>
      <Text {...theme.strong}>{label}</Text>
      {shown}
      {isTyping ? <Text {...theme.accent}>▏</Text> : ''}
    </Line>
  );
}

/** As much of the end of a text as there is room for. */
function endOf(text: string, columns: number): string {
  const segments = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  while (columnsOf(segments.join('')) > columns) segments.shift();
  return segments.join('');
}
