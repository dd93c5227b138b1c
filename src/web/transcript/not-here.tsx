import { Link } from 'wouter';
import type { AgentSession } from '../../core/model/agent-session.ts';
import type { Problem } from '../../core/model/problem.ts';
import { useWorkspace } from '../app/workspace-store.ts';
import { droppedEntries } from '../import/import-store.ts';
import type { Place } from '../sources/places-store.ts';
import { allowPlace, usePlaces } from '../sources/places-store.ts';
import { sortSources } from '../sources/words.ts';
import { Button } from '../ui/button.tsx';
import styles from './transcript.module.css';

interface NotHereProps {
  readonly session: AgentSession | null;
  readonly problem: Problem;
  readonly onTryAgain: () => void;
}

/** Why a session can't be read now, and what to do about it. */
export function NotHere({ session, problem, onTryAgain }: NotHereProps) {
  const places = usePlaces((view) => view.places) ?? [];
  const sources = useWorkspace((view) => view.snapshot?.overview.sources) ?? [];
  if (session === null) {
    return (
      <p className={styles.notHere}>
        {problem.message} See <Link href="/sessions">which sessions there are</Link>.
      </p>
    );
  }
  const again = (
    <Button look="quiet" onClick={onTryAgain}>
      Try again
    </Button>
  );
  // where it is kept is not what stands in the way
  if (problem.code === 'internal') {
    return (
      <p className={styles.notHere} role="alert">
        {problem.message} {again}
      </p>
    );
  }
  const ofTool = sources.filter(({ tool }) => tool === session.source);
  const { byPlace, dropped } = sortSources(ofTool, places);
  const shut = places.filter(({ id, access }) => access !== 'granted' && (byPlace.get(id)?.length ?? 0) > 0);
  const isDropped = dropped.length > 0 && droppedEntries().length === 0;
  return (
    <div className={styles.notHere}>
      <p>
        {shut.length === 0 && !isDropped
          ? problem.message
          : 'A transcript is read from where its tool keeps it, and that is not in reach now.'}
      </p>
      <ul>
        {shut.map((place) => (
          <Shut key={place.id} place={place} />
        ))}
        {isDropped && (
          <li>
            Drop <code>{dropped.map(({ path }) => path).join(', ')}</code> on this page again, or{' '}
            <Link href="/import">connect its folder</Link>, so that it can be read whenever you like.
          </li>
        )}
        {shut.length === 0 && !isDropped && (
          <li>
            <Link href="/import">Connect the folder</Link> it came from: <code>{folderOf(session)}</code>
          </li>
        )}
      </ul>
      {again}
    </div>
  );
}

function Shut({ place }: { place: Place }) {
  if (place.access === 'gone')
    return (
      <li>
        <code>{place.label}</code> is not where it was. When it is back, <Link href="/sources">read it again</Link>.
      </li>
    );
  return (
    <li>
      <Button look="primary" onClick={() => void allowPlace(place)}>
        Allow {place.label} to be read
      </Button>
    </li>
  );
}

function folderOf({ source }: AgentSession): string {
  return source === 'opencode' ? '~/.local/share/opencode' : '~/.claude/projects';
}
