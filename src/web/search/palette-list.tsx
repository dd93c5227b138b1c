import { Command } from 'cmdk';
import { ItemLine, MessageLine, PersonaLine, SessionLine } from './hit-lines.tsx';
import type { Choice, Group, Shown } from './palette-choices.ts';
import styles from './palette.module.css';

interface PaletteListProps {
  readonly groups: readonly Group[];
  readonly onChoose: (choice: Choice) => void;
}

export function PaletteList({ groups, onChoose }: PaletteListProps) {
  return (
    <Command.List className={styles.list} label="What was found">
      {groups.map(({ heading, choices }) => (
        <Command.Group key={heading.split(',')[0]} heading={heading} className={styles.group ?? ''}>
          {choices.map((choice) => (
            <Command.Item
              key={choice.value}
              value={choice.value}
              className={styles.choice ?? ''}
              onSelect={() => onChoose(choice)}
            >
              <ChoiceLine shown={choice.shown} />
            </Command.Item>
          ))}
        </Command.Group>
      ))}
    </Command.List>
  );
}

function ChoiceLine({ shown }: { shown: Shown }) {
  switch (shown.kind) {
    case 'persona':
      return <PersonaLine hit={shown.hit} />;
    case 'session':
      return <SessionLine hit={shown.hit} />;
    case 'item':
      return <ItemLine hit={shown.hit} />;
    case 'message':
      return <MessageLine hit={shown.hit} />;
    case 'screen':
      return (
        <span className={styles.screen}>
          {shown.screen.name}
          <kbd>{shown.screen.keys}</kbd>
        </span>
      );
    case 'words':
      return <span>{shown.words}</span>;
  }
}
