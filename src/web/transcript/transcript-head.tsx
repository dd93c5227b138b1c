import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { AgentSession } from '../../core/model/agent-session.ts';
import { resumeCommand } from '../sessions/resume-command.ts';
import { Ago } from '../ui/ago.tsx';
import { CodeLine } from '../ui/code-line.tsx';
import { useTitle } from '../ui/page.tsx';
import { TOOL_NAMES } from '../ui/tool-names.ts';
import styles from './transcript.module.css';

interface HeadProps {
  readonly session: AgentSession | null;
  readonly id: string;
  readonly note: string;
  readonly children?: ReactNode;
}

/** What session it is. */
export function TranscriptHead({ session, id, note, children }: HeadProps) {
  const title = session === null ? 'Session' : session.summary || id;
  useTitle(title);
  return (
    <header className={styles.head}>
      <div className={styles.top}>
        <h1 className={styles.title} dir="auto" title={title}>
          {title}
        </h1>
        <span className={styles.tools}>{children}</span>
      </div>
      <p className={styles.facts}>
        {session !== null && <Facts session={session} />}
        <output>{note}</output>
      </p>
    </header>
  );
}

function Facts({ session }: { session: AgentSession }) {
  const { source, projectName, projectPath, startTime, parentSessionId, sessionId } = session;
  return (
    <>
      <span>{TOOL_NAMES[source]}</span>
      {projectName !== '' && <span title={projectPath}>{projectName}</span>}
      <Ago time={startTime} />
      {parentSessionId !== null && (
        <Link href={`/sessions/${encodeURIComponent(parentSessionId)}`}>The session that sent it off</Link>
      )}
      {parentSessionId === null && (
        <CodeLine text={resumeCommand(source, sessionId)} label="Copy the command that resumes this session" />
      )}
    </>
  );
}
