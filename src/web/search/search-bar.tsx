import type { Ref } from 'react';
import type { FilterKey } from '../../core/search/filter-words.ts';
import { filterWord, withFilterWord } from '../../core/search/filter-words.ts';
import { client, useWorkspace } from '../app/workspace-store.ts';
import { Choice } from '../ui/choice.tsx';
import fields from '../ui/field.module.css';
import { SearchField } from '../ui/search-field.tsx';
import { TOOL_NAMES } from '../ui/tool-names.ts';
import { useAnswer } from '../ui/use-answer.ts';
import styles from './search.module.css';

interface SearchBarProps {
  readonly ref: Ref<HTMLInputElement>;
  readonly text: string;
  readonly onChange: (text: string) => void;
}

type Choices = readonly (readonly [string, string])[];

const TOOLS: Choices = [
  ['', 'Any tool'],
  ['opencode', TOOL_NAMES.opencode],
  ['claude', TOOL_NAMES.claude],
];
const ROLES: Choices = [
  ['', 'Anyone'],
  ['user', 'You'],
  ['assistant', 'Agents'],
];
const WHERE: Choices = [
  ['', 'In what was said'],
  ['tools', 'Also in tool calls'],
];

/** The box, and the filters that can be chosen: what is chosen stands in the box as words. */
export function SearchBar({ ref, text, onChange }: SearchBarProps) {
  const personas = useWorkspace((view) => view.snapshot?.personas ?? []);
  const revision = useWorkspace((view) => view.revision);
  const projects = useAnswer(() => client().ask.projects(), 'projects', revision) ?? [];
  const set = (key: FilterKey) => (value: string) => onChange(withFilterWord(text, key, value));
  const choice = (key: FilterKey, label: string, choices: Choices) => (
    <Choice
      label={label}
      value={filterWord(text, key)}
      choices={withTyped(choices, filterWord(text, key))}
      onChange={set(key)}
    />
  );
  return (
    <search className={fields.bar}>
      <SearchField ref={ref} label="Words, “phrases” and filters" value={text} onChange={onChange} />
      {choice('tool', 'Tool', TOOLS)}
      {choice('project', 'Project', [
        ['', 'Any project'],
        ...projects
          .filter(({ path }) => path !== '')
          .map(({ path, name }) => [path, name === '' ? path : name] as const),
      ])}
      {choice('persona', 'Persona', [['', 'Any persona'], ...personas.map(({ id, name }) => [id, name] as const)])}
      {choice('role', 'Who spoke', ROLES)}
      {choice('in', 'Where', WHERE)}
      <DateField label="Since" value={filterWord(text, 'since')} onChange={set('since')} />
      <DateField label="Until" value={filterWord(text, 'until')} onChange={set('until')} />
    </search>
  );
}

/** What was typed stays chosen, also when it is none of the choices. */
function withTyped(choices: Choices, typed: string): Choices {
  return choices.some(([value]) => value === typed) ? choices : [...choices, [typed, typed]];
}

function DateField({ label, value, onChange }: { label: string; value: string; onChange: (day: string) => void }) {
  return (
    <label className={styles.date}>
      {label}
      <input
        className={fields.field}
        type="date"
        value={/^\d{4}-\d{2}-\d{2}$/.test(value) ? value : ''}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
