import { useCallback, useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import type { PersonaSummary, TimelineRow } from '../../core/model/views.ts';
import { client, useWorkspace } from '../app/workspace-store.ts';
import { Empty } from '../ui/empty.tsx';
import { Page } from '../ui/page.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import type { RowPage } from '../ui/row-pages.ts';
import { useRowPages } from '../ui/use-row-pages.ts';
import { Conversation } from './conversation.tsx';
import { Timeline } from '../timeline/timeline.tsx';
import { useAxis } from '../timeline/use-axis.ts';
import { PersonaHead } from './persona-head.tsx';
import styles from './persona.module.css';
import { ReadingPlace } from './reading-place.ts';

/** One persona: who it is, when it was at work, and what was said, newest at the end. */
export default function Persona({ id }: { id: string }) {
  const persona = useWorkspace((view) => view.snapshot?.personas.find((each) => each.id === id.toLowerCase()));
  if (persona === undefined) {
    return (
      <Page title="Persona">
        <Empty>
          There is no persona <code>{id}</code> here; see <Link href="/personas">who there is</Link>.
        </Empty>
      </Page>
    );
  }
  return <Known persona={persona} />;
}

function Known({ persona }: { persona: PersonaSummary }) {
  const revision = useWorkspace((view) => view.revision);
  const { id } = persona;
  const load = useCallback(
    async (offset: number, limit: number): Promise<RowPage<TimelineRow>> => {
      const page = await client().ask.timeline(id, offset, limit);
      return page ?? { total: 0, offset: 0, rows: [] };
    },
    [id],
  );
  const [search] = useSearchParams();
  const message = search.get('message');
  const pages = useRowPages(load, 'end', revision);
  const row = useMessageRow(id, message);
  const axis = useAxis(id);
  const [place] = useState(() => new ReadingPlace());
  return (
    <div className={styles.page} data-full>
      <PersonaHead persona={persona} />
      {axis !== null && axis.lanes.length > 0 && <Timeline persona={persona} axis={axis} place={place} />}
      {pages !== null && pages.total === 0 && <Empty>This persona has said nothing that is kept.</Empty>}
      {pages !== null && pages.total > 0 && axis !== null && (message === null || row !== undefined) && (
        <Conversation key={message} pages={pages} persona={persona} at={row ?? null} place={place} />
      )}
    </div>
  );
}

/** Which row the message of the address is: undefined until it is known, null when there is none. */
function useMessageRow(persona: string, message: string | null): number | null | undefined {
  const answer = useAnswer(
    async () => ({ row: message === null ? null : await client().ask.rowOf(persona, message) }),
    message,
    0,
  );
  return answer?.row;
}
