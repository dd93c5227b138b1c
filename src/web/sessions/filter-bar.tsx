import type { Ref } from 'react';
import type { ProjectSummary } from '../../core/model/views.ts';
import { Choice } from '../ui/choice.tsx';
import fields from '../ui/field.module.css';
import { SearchField } from '../ui/search-field.tsx';
import { TOOL_NAMES, TYPE_NAMES } from '../ui/tool-names.ts';
import type { Filter, Mark, When } from './filter.ts';
import styles from './filter-bar.module.css';

const TOOLS: readonly (readonly [Filter['tool'], string])[] = [
  ['', 'Any tool'],
  ['opencode', TOOL_NAMES.opencode],
  ['claude', TOOL_NAMES.claude],
];

const TYPES: readonly (readonly [Filter['type'], string])[] = [
  ['', 'Any type'],
  ['user', TYPE_NAMES.user],
  ['subagent', TYPE_NAMES.subagent],
  ['agent', TYPE_NAMES.agent],
];

const MARKS: readonly (readonly [Mark, string])[] = [
  ['', 'Any state'],
  ['sweep', 'Deleted soon'],
  ['vanished', 'Gone at the source'],
];

const WHENS: readonly (readonly [When, string])[] = [
  ['', 'Any time'],
  ['1', 'Last 24 hours'],
  ['7', 'Last 7 days'],
  ['14', 'Last 14 days'],
  ['30', 'Last 30 days'],
  ['365', 'Last year'],
  ['between', 'Between…'],
];

interface FilterBarProps {
  readonly ref: Ref<HTMLInputElement>;
  readonly filter: Filter;
  readonly projects: readonly ProjectSummary[];
  readonly onChange: (change: Partial<Filter>) => void;
}

export function FilterBar({ ref, filter, projects, onChange }: FilterBarProps) {
  return (
    <search className={fields.bar}>
      <SearchField
        ref={ref}
        label="Filter by title, project or prompt"
        value={filter.text}
        onChange={(text) => onChange({ text })}
      />
      <Choice label="Tool" value={filter.tool} choices={TOOLS} onChange={(tool) => onChange({ tool })} />
      <Choice
        label="Project"
        value={filter.project}
        choices={projectChoices(projects, filter.project)}
        onChange={(project) => onChange({ project })}
      />
      <Choice label="Type" value={filter.type} choices={TYPES} onChange={(type) => onChange({ type })} />
      <Choice label="State" value={filter.mark} choices={MARKS} onChange={(mark) => onChange({ mark })} />
      <Choice label="Date" value={filter.when} choices={WHENS} onChange={(when) => onChange({ when })} />
      {filter.when === 'between' && (
        <span className={styles.dates}>
          <DateField label="From" value={filter.from} onChange={(from) => onChange({ from })} />
          <DateField label="To" value={filter.to} onChange={(to) => onChange({ to })} />
        </span>
      )}
    </search>
  );
}

/** By name; those of one name by their paths. One that is gone from the catalog stays chosen, so that it can be taken out. */
function projectChoices(projects: readonly ProjectSummary[], chosen: string): readonly (readonly [string, string])[] {
  const names = new Map<string, number>();
  for (const { name } of projects) names.set(name, (names.get(name) ?? 0) + 1);
  const known = projects
    .filter(({ path }) => path !== '')
    .map(({ path, name }): [string, string] => [path, names.get(name) === 1 && name !== '' ? name : path]);
  const isKnown = chosen === '' || known.some(([path]) => path === chosen);
  return [['', 'Any project'], ...known, ...(isKnown ? [] : [[chosen, chosen] as const])];
}

function DateField({ label, value, onChange }: { label: string; value: string; onChange: (day: string) => void }) {
  return (
    <input
      className={fields.field}
      type="date"
      aria-label={label}
      title={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
