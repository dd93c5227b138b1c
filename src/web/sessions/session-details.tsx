import { X } from 'lucide-react';
import { useState } from 'react';
import type { MarkedSession } from '../../core/model/agent-session.ts';
import { Link } from 'wouter';
import { client, useWorkspace } from '../app/workspace-store.ts';
import { Ago } from '../ui/ago.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { CodeLine } from '../ui/code-line.tsx';
import { duration, number } from '../ui/format.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { TOOL_NAMES, TYPE_NAMES } from '../ui/tool-names.ts';
import { resumeCommand } from './resume-command.ts';
import styles from './session-details.module.css';
import { titleOf } from './title-of.ts';

const PROMPTS_SHOWN = 50;
const ITEMS_SHOWN = 5;

/** More of one session, on demand: what was asked, and how to go on with it. */
export function SessionDetails({ id, onClose }: { id: string; onClose: () => void }) {
  const session = useAnswer(() => client().ask.session(id), id, 0);
  if (session === null) return null;
  const { startTime, endTime } = session;
  return (
    <aside className={styles.panel} aria-label="Session">
      <header className={styles.head}>
        <h2 className={styles.title}>{titleOf(session)}</h2>
        <Button look="icon" aria-label="Close" title="Close (Esc)" onClick={onClose}>
          <X size={16} strokeWidth={1.75} aria-hidden />
        </Button>
      </header>
      <p className={styles.read}>
        <Link className={buttonClass('primary')} href={`/sessions/${encodeURIComponent(id)}`}>
          Read the transcript
        </Link>
      </p>
      <p className={styles.resume}>
        <CodeLine text={resumeCommand(session.source, id)} label="Copy the command that resumes this session" />
      </p>
      <StateOf session={session} />
      <dl className={styles.facts}>
        <dt>Tool</dt>
        <dd>{TOOL_NAMES[session.source]}</dd>
        <dt>Type</dt>
        <dd>{TYPE_NAMES[session.sessionType]}</dd>
        <dt>Project</dt>
        <dd>
          <code>{session.projectPath}</code>
        </dd>
        <dt>Started</dt>
        <dd>
          <Ago time={startTime} />
        </dd>
        <dt>Last active</dt>
        <dd>
          {endTime === null ? (
            'unknown'
          ) : (
            <>
              <Ago time={endTime} />, {duration(endTime - startTime)} after it started
            </>
          )}
        </dd>
        <dt>Messages</dt>
        <dd>
          {number(session.messageCount)}, {number(session.assistantMessageCount)} of them by the assistant
        </dd>
        <dt>Tool calls</dt>
        <dd>{number(session.toolCallCount)}</dd>
      </dl>
      <Remembered session={id} />
      <Prompts prompts={session.userPrompts} />
    </aside>
  );
}

/** What is remembered of what was said in it. */
function Remembered({ session }: { session: string }) {
  const revision = useWorkspace((view) => view.revision);
  const found = useAnswer(() => client().ask.memory.query({ session, limit: ITEMS_SHOWN }), session, revision);
  if (found === null || found.total === 0) return null;
  return (
    <>
      <h3 className={styles.heading}>Remembered</h3>
      <ul className={styles.prompts}>
        {found.items.map(({ id, name }) => (
          <li key={id}>{name}</li>
        ))}
      </ul>
      <p className={styles.more}>
        <Link href={`/memory?session=${encodeURIComponent(session)}`}>
          See {found.total === 1 ? 'it' : `all ${number(found.total)}`} with your words
        </Link>
      </p>
    </>
  );
}

function StateOf({ session: { vanished, sweepAt } }: { session: MarkedSession }) {
  if (vanished !== null) {
    return (
      <p className={styles.warning}>
        Its source does not have it any more: noticed <Ago time={vanished} />. What is shown here is kept.
      </p>
    );
  }
  if (sweepAt === null) return null;
  return (
    <p className={styles.warning}>
      Claude Code will delete the transcript <Ago time={sweepAt} />, unless something is written to it or its{' '}
      <code>cleanupPeriodDays</code> is raised.
    </p>
  );
}

function Prompts({ prompts }: { prompts: readonly string[] }) {
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? prompts : prompts.slice(0, PROMPTS_SHOWN);
  return (
    <>
      <h3 className={styles.heading}>Prompts</h3>
      {prompts.length === 0 && <p className={styles.none}>Nobody has prompted this session.</p>}
      <ol className={styles.prompts}>
        {shown.map((prompt, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- the same prompt may be given twice
          <li key={at} dir="auto">
            {prompt}
          </li>
        ))}
      </ol>
      {shown.length < prompts.length && (
        <Button onClick={() => setIsWhole(true)}>Show all {number(prompts.length)} prompts</Button>
      )}
    </>
  );
}
