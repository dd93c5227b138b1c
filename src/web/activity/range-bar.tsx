import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ActivityGrouping } from '../../core/model/activity-views.ts';
import { OWN_WINDOWS } from '../../core/model/activity-views.ts';
import { Button } from '../ui/button.tsx';
import { Choice } from '../ui/choice.tsx';
import fields from '../ui/field.module.css';
import type { Range, RangeName } from './range.ts';
import { datesOf, moved } from './range.ts';

const NAMES: readonly (readonly [RangeName, string])[] = [
  ['day', 'Day'],
  ['week', 'Week'],
  ['14', '14 days'],
  ['month', 'Month'],
  ['custom', 'Between…'],
];
const GROUPINGS: readonly (readonly [ActivityGrouping, string])[] = [
  ['project', 'By project'],
  ['persona', 'By persona'],
  ['tool', 'By tool'],
];
const WINDOWS = OWN_WINDOWS.map((minutes): [string, string] => [String(minutes), `Own: ${minutes} min`]);

interface RangeBarProps {
  readonly range: Range;
  readonly today: string;
  readonly onChange: (range: Range) => void;
}

export function RangeBar({ range, today, onChange }: RangeBarProps) {
  const { first, last } = datesOf(range, today);
  return (
    <search className={fields.bar} aria-label="Which days">
      <Choice
        label="Range"
        value={range.name}
        choices={NAMES}
        onChange={(name) => onChange({ ...range, name, from: first, to: last })}
      />
      <Button look="icon" aria-label="Earlier" title="Earlier" onClick={() => onChange(moved(range, today, -1))}>
        <ChevronLeft size={16} strokeWidth={1.75} aria-hidden />
      </Button>
      <Button
        look="icon"
        aria-label="Later"
        title="Later"
        disabled={last >= today}
        onClick={() => onChange(moved(range, today, 1))}
      >
        <ChevronRight size={16} strokeWidth={1.75} aria-hidden />
      </Button>
      {range.name === 'custom' ? (
        <>
          <DateField label="First day" value={first} onChange={(from) => onChange({ ...range, from, to: last })} />
          <DateField label="Last day" value={last} onChange={(to) => onChange({ ...range, from: first, to })} />
        </>
      ) : (
        <Button look="quiet" disabled={range.at === ''} onClick={() => onChange({ ...range, at: '' })}>
          Today
        </Button>
      )}
      <Choice label="Grouped" value={range.by} choices={GROUPINGS} onChange={(by) => onChange({ ...range, by })} />
      <Choice
        label="Window of own time"
        value={String(range.window)}
        choices={WINDOWS}
        onChange={(window) => onChange({ ...range, window: Number(window) })}
      />
    </search>
  );
}

function DateField({ label, value, onChange }: { label: string; value: string; onChange: (date: string) => void }) {
  return (
    <input
      className={fields.field}
      type="date"
      aria-label={label}
      title={label}
      value={value}
      onChange={(event) => event.target.value !== '' && onChange(event.target.value)}
    />
  );
}
