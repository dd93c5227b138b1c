import { X } from 'lucide-react';
import type { Ref } from 'react';
import type { ItemStatus } from '../../core/model/item.ts';
import { client, useWorkspace } from '../app/workspace-store.ts';
import { Button } from '../ui/button.tsx';
import { Choice } from '../ui/choice.tsx';
import fields from '../ui/field.module.css';
import { SearchField } from '../ui/search-field.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import type { MemoryFilter } from './memory-filter.ts';
import styles from './memory.module.css';
import { STATUS_NAMES } from './words.ts';

const STATUSES: readonly (readonly [ItemStatus | '', string])[] = [
  ['', 'All that stands'],
  ['proposed', STATUS_NAMES.proposed],
  ['confirmed', STATUS_NAMES.confirmed],
  ['rejected', STATUS_NAMES.rejected],
  ['superseded', STATUS_NAMES.superseded],
];

interface MemoryFilterBarProps {
  readonly ref: Ref<HTMLInputElement>;
  readonly filter: MemoryFilter;
  readonly onChange: (change: Partial<MemoryFilter>) => void;
}

export function MemoryFilterBar({ ref, filter, onChange }: MemoryFilterBarProps) {
  const personas = useWorkspace((view) => view.snapshot?.personas) ?? [];
  const known = personas.map(({ id, name }): [string, string] => [id, name]);
  const isKnown = filter.persona === '' || known.some(([id]) => id === filter.persona);
  return (
    <search className={fields.bar}>
      <SearchField
        ref={ref}
        label="Search what is remembered"
        value={filter.text}
        onChange={(text) => onChange({ text })}
      />
      <Choice
        label="Persona"
        value={filter.persona}
        choices={[['', 'Any persona'], ...known, ...(isKnown ? [] : [[filter.persona, filter.persona] as const])]}
        onChange={(persona) => onChange({ persona })}
      />
      <Choice label="Status" value={filter.status} choices={STATUSES} onChange={(status) => onChange({ status })} />
      {filter.session !== '' && <FromSession id={filter.session} onLeave={() => onChange({ session: '' })} />}
    </search>
  );
}

/** The one session whose words are shown, and the way out of it. */
function FromSession({ id, onLeave }: { id: string; onLeave: () => void }) {
  const session = useAnswer(() => client().ask.session(id), id, 0);
  return (
    <span className={styles.session}>
      <span>In {session?.summary ?? id}</span>
      <Button look="icon" aria-label="From any session" title="From any session" onClick={onLeave}>
        <X size={14} strokeWidth={1.75} aria-hidden />
      </Button>
    </span>
  );
}
