import type { ReactNode } from 'react';
import type { TranscriptPart } from '../../core/model/transcript.ts';
import { MessageText } from '../persona/message-text.tsx';
import { Button } from '../ui/button.tsx';
import { number } from '../ui/format.ts';
import { AttachmentView } from './attachment-view.tsx';
import { Fold } from './fold.tsx';
import styles from './part.module.css';
import { TerminalText } from './terminal-text.tsx';
import { ToolView } from './tool-view.tsx';
import { partKey, showWhole, useTranscript } from './transcript-view.tsx';

/** One part of a message, as its kind is shown. */
export function PartView({ part, messageId }: { part: TranscriptPart; messageId: string }) {
  const name = partKey(messageId, part.id);
  const { cut = 0 } = part;
  return (
    <>
      {content(part, name)}
      {cut > 0 && <ShowAll messageId={messageId} cut={cut} />}
    </>
  );
}

function content(part: TranscriptPart, name: string): ReactNode {
  switch (part.kind) {
    case 'text':
      if (part.spoken) return <Plain name={name}>{<MessageText text={part.text} />}</Plain>;
      return (
        <Fold name={name} label="Added by the tool" title={firstLine(part.text)}>
          {() => <TerminalText text={part.text} label="Text" />}
        </Fold>
      );
    case 'thinking':
      return (
        <Fold name={name} label="Thinking" title={firstLine(part.text)}>
          {() => <MessageText text={part.text} />}
        </Fold>
      );
    case 'tool':
      return <ToolView name={name} part={part} />;
    case 'attachment':
      return (
        <Plain name={name}>
          <AttachmentView file={part} />
        </Plain>
      );
    case 'subtask':
      return (
        <Fold name={name} label={`Sub-agent ${part.agent}`} title={part.title}>
          {() => <MessageText text={part.text} />}
        </Fold>
      );
    case 'compaction': {
      const label = part.auto === true ? 'Compacted by the tool' : 'Compacted';
      if (part.text === '') return <p className={styles.divider}>{label}</p>;
      return (
        <Fold name={name} label={label} title={firstLine(part.text)}>
          {() => <MessageText text={part.text} />}
        </Fold>
      );
    }
    case 'retry':
      return (
        <Plain name={name} className={styles.failed}>
          Tried again{part.attempt === null ? '' : `, attempt ${part.attempt}`}: {part.text}
        </Plain>
      );
    case 'error':
      return (
        <Plain name={name} className={styles.failed}>
          <strong>{part.name === '' ? 'Error' : part.name}</strong> {part.text}
        </Plain>
      );
    case 'note':
      return (
        <Plain name={name} className={styles.note}>
          {part.text}
        </Plain>
      );
    case 'unknown':
      return (
        <Fold name={name} label={part.type === '' ? 'Of an unknown kind' : part.type} title="as the source has it">
          {() => <TerminalText text={part.raw} label="As the source has it" />}
        </Fold>
      );
    case 'hidden':
      return null;
  }
}

function Plain({ name, className, children }: { name: string; className?: string | undefined; children: ReactNode }) {
  return (
    <div className={className} data-part={name} dir="auto">
      {children}
    </div>
  );
}

function ShowAll({ messageId, cut }: { messageId: string; cut: number }) {
  const view = useTranscript();
  return (
    <p className={styles.more}>
      <Button look="quiet" onClick={() => void showWhole(view, messageId)}>
        {cut > 1 ? `Show all, ${number(cut)} more characters` : 'Show all'}
      </Button>
    </p>
  );
}

const LONGEST = 120;

function firstLine(text: string): string {
  const [line = ''] = text.trimStart().split('\n', 1);
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
