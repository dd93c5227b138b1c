import type { ToolPart } from '../../core/model/transcript.ts';
import { toolOutcome, toolTitle } from '../../core/transcript/export/tool-words.ts';
import { AttachmentView } from './attachment-view.tsx';
import { DiffView } from './diff-view.tsx';
import { Fold } from './fold.tsx';
import styles from './part.module.css';
import { SubAgent } from './sub-agent.tsx';
import { TerminalText } from './terminal-text.tsx';

/** A call of a tool: one line, and behind it what it was asked and what it gave. */
export function ToolView({ name, part }: { name: string; part: ToolPart }) {
  const { detail } = part;
  const isFailed = part.status === 'error' || (detail?.kind === 'shell' && (detail.exitCode ?? 0) !== 0);
  return (
    <Fold name={name} label={part.name} title={toolTitle(part)} outcome={toolOutcome(part)} isFailed={isFailed}>
      {() => <Inside part={part} />}
    </Fold>
  );
}

function Inside({ part }: { part: ToolPart }) {
  const { detail, title, input, output, error, attachments } = part;
  return (
    <>
      {detail?.kind === 'edit' && title !== '' && title !== detail.path && <p className={styles.note}>{title}</p>}
      {detail?.kind === 'shell' && <TerminalText text={detail.command} label="Command" />}
      {detail?.kind === 'agent' && <SubAgent detail={detail} />}
      {input !== '' && <TerminalText text={input} label="Input" />}
      {detail?.kind === 'edit' && <DiffView hunks={detail.hunks} path={detail.path} />}
      {output !== '' && <TerminalText text={output} label="Output" />}
      {error !== '' && (
        <div className={styles.error}>
          <TerminalText text={error} label="Error" />
        </div>
      )}
      {attachments.map((file, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- files of one call never change their order
        <AttachmentView key={at} file={file} />
      ))}
    </>
  );
}
