import { describe, expect, it } from 'vitest';
import { runAtSight } from './tool-run.ts';

const encoder = new TextEncoder();

function sight(data: unknown): ReturnType<typeof runAtSight> {
  return runAtSight(encoder.encode(JSON.stringify(data)));
}

function tool(time: unknown, more: Record<string, unknown> = {}): unknown {
  return { type: 'tool', callID: 'c', tool: 'bash', state: { status: 'completed', output: 'x', time, ...more } };
}

const START = 1_771_233_156_417;

describe('when a tool ran', () => {
  it('is seen at the end of its part', () => {
    expect(sight(tool({ start: START, end: START + 5 }))).toEqual({ start: START, end: START + 5 });
  });

  it('is nothing when the clock ran backwards', () => {
    expect(sight(tool({ start: START, end: START - 5 }))).toBeNull();
  });

  it('must be parsed where it is written another way', () => {
    expect(sight(tool({ start: START, end: START + 5 }, { attachments: [] }))).toBe('unknown');
    expect(sight(tool({ start: START, end: START + 5, compacted: START }))).toBe('unknown');
    expect(sight(tool({ start: START }))).toBe('unknown');
    expect(sight(tool({ start: 12, end: 13 }))).toBe('unknown');
    expect(sight({})).toBe('unknown');
  });
});
