import { Box, Text } from 'ink';
import { byteSize, count, counted, localTime, oneLine } from '../../text.ts';
import { TOOL_NAMES } from '../../places.ts';
import { Line } from './line.tsx';
import { useScene } from './scene.ts';

const BAR = 30;

/** How much is kept, and where it comes from. */
export function Status() {
  const { library, layout, theme, standing } = useScene();
  const { sessions, state, sources, setAside } = library.overview();
  const lines: readonly (readonly [string, string])[] = [
    ['State', `${bar(state.bytes / state.limitBytes)} ${byteSize(state.bytes)} of ${byteSize(state.limitBytes)}`],
    ['Personas', `${count(state.personas)} with ${counted(state.messages, 'message')}`],
    ['Memory', counted(state.items, 'item')],
    ['Sessions', count(sessions)],
    ['Extracted', `${counted(state.ledger, 'session')}${state.jobs > 0 ? `, ${count(state.jobs)} to do` : ''}`],
    ['Last import', state.lastSync === null ? 'never' : localTime(state.lastSync)],
    ['Kept in', oneLine(standing.folder)],
    ['Changes', standing.readOnly ?? 'can be made'],
  ];
  const shown = Math.max(0, layout.body - lines.length - setAside.length - 2);
  return (
    <Box flexDirection="column" width={layout.columns} height={layout.body}>
      {lines.map(([name, value]) => (
        <Line key={name}>
          <Text {...theme.faint}>{`  ${name.padEnd(13)}`}</Text>
          {value}
        </Line>
      ))}
      {setAside.map(({ group, keptAs }) => (
        <Line key={group}>{`  ${group} could not be read and was set aside as ${keptAs}`}</Line>
      ))}
      <Line />
      <Line>
        <Text {...theme.strong}>
          {sources.length === 0 ? '  No sources yet. g i imports from the usual places' : '  Sources'}
        </Text>
      </Line>
      {sources.slice(0, shown).map(({ store, path, tool, sessions: own, vanished }) => (
        <Line key={store}>
          {`  ${oneLine(path)}`}
          <Text {...theme.faint}>
            {`  ${TOOL_NAMES[tool]}, ${counted(own, 'session')}${vanished === null ? '' : ', not there any more'}`}
          </Text>
        </Line>
      ))}
    </Box>
  );
}

/** `▕█████░░░░░▏`: a share as a bar. */
function bar(share: number): string {
  const filled = Math.min(BAR, Math.round(share * BAR));
  return `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)}`;
}
