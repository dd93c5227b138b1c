import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { byteSize, count } from '../../text.ts';
import { SCREENS } from '../stage.ts';
import { Help } from './help.tsx';
import { Line } from './line.tsx';
import { Memory } from './memory.tsx';
import { Personas } from './personas.tsx';
import { Reader } from './reader.tsx';
import type { Scene } from './scene.ts';
import { SceneProvider, useScene } from './scene.ts';
import { Search } from './search.tsx';
import { Status } from './status.tsx';
import { Sync } from './sync.tsx';
import { Timeline } from './timeline.tsx';

/** A part of the screen, in its scene. */
export function Part({ scene, children }: { readonly scene: Scene; readonly children: ReactNode }) {
  return (
    <SceneProvider value={scene}>
      <Box flexDirection="column" overflow="hidden">
        {children}
      </Box>
    </SceneProvider>
  );
}

/** The name of the program and those of its screens fit. */
const WIDE = 56;

/** The names of the screens. */
export function Head() {
  const { stage, theme, layout } = useScene();
  const isWide = layout.columns >= WIDE;
  return (
    <Line>
      <Text {...theme.strong}>{isWide ? 'Dramatis  ' : ''}</Text>
      {SCREENS.map(([screen, name]) => (
        <Text key={screen} {...(screen === stage.screen ? theme.accent : theme.faint)}>
          {`${screen === stage.screen ? `[${name}]` : isWide ? ` ${name} ` : name} `}
        </Text>
      ))}
    </Line>
  );
}

/** What the screen is about; of two panes the right one. */
export function Body(): ReactNode {
  const { stage, layout } = useScene();
  if (stage.isHelpOpen) return <Help />;
  if (stage.reader !== null) return <Reader reader={stage.reader} />;
  switch (stage.screen) {
    case 'personas':
      return stage.focus === 'personas' && layout.personas === 0 ? <Personas width={layout.columns} /> : <Timeline />;
    case 'memory':
      return <Memory />;
    case 'search':
      return <Search />;
    case 'status':
      return <Status />;
    case 'sync':
      return <Sync />;
  }
}

/** What is kept and how it stands, then what is to be said now. */
export function Foot() {
  const { stage, library, standing, theme } = useScene();
  const { bytes, limitBytes, items } = library.state();
  const kept = `${byteSize(bytes)} of ${byteSize(limitBytes)}, ${count(items)} items, ${standing.sync}`;
  const said = stage.isGoing
    ? 'g … p personas, m memory, t status, y sync, i import, g first'
    : standing.notice || (standing.readOnly === null ? '? keys  q quit' : `read-only: ${standing.readOnly}`);
  return (
    <Line>
      <Text {...theme.strong}>{said}</Text>
      <Text {...theme.faint}>{`  ${kept}`}</Text>
    </Line>
  );
}
