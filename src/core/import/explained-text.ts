import type { Explained } from '../model/receipt.ts';

/** Where sessions and messages went that personas do not hold, in words; null where all are in personas, or none was found. */
export function explainedText({ sessions, messages }: Explained): {
  readonly sessions: string | null;
  readonly messages: string | null;
} {
  const ofSessions = parts(sessions.personas, [
    [sessions.subAgents, 'of sub-agents'],
    [sessions.helpers, 'of the tool for itself'],
    [sessions.copies, 'also in another source'],
    [sessions.empty, 'empty'],
    [sessions.silent, 'without words'],
  ]);
  const ofMessages = parts(messages.personas, [
    [messages.subAgents, 'of sub-agents'],
    [messages.copies, 'also in another source'],
    [messages.silent, 'without words or the tool’s own'],
  ]);
  const forks =
    sessions.forks === 0 ? null : `${number(sessions.forks)} ${sessions.forks === 1 ? 'is a fork' : 'are forks'}`;
  const whole = [ofSessions, forks].filter((part) => part !== null);
  return { sessions: whole.length === 0 ? null : whole.join('; '), messages: ofMessages };
}

function parts(personas: number, others: readonly (readonly [number, string])[]): string | null {
  const present = others.filter(([count]) => count > 0).map(([count, words]) => `${number(count)} ${words}`);
  return present.length === 0 ? null : [`${number(personas)} in personas`, ...present].join(', ');
}

function number(value: number): string {
  return value.toLocaleString('en');
}
