import { appendFileSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TestInfo } from '@playwright/test';
import type { Place } from '../../src/core/sources/claude/fixture-lines.ts';
import { jsonl, prompt, reply, text } from '../../src/core/sources/claude/fixture-lines.ts';

export const DAY_MS = 86_400_000;

/** A Claude Code folder of the test's own. */
export class ClaudeFolder {
  readonly path: string;

  constructor(info: TestInfo, name = '.claude') {
    this.path = info.outputPath(name);
    mkdirSync(join(this.path, 'projects'), { recursive: true });
  }

  /** Writes a session that asks for something, `daysAgo` days ago. Gives its id. */
  write(number: number, asked: string, daysAgo = 1): string {
    const sessionId = idOf(number);
    const path = this.#pathOf(sessionId);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, transcript(sessionId, asked, Date.now() - daysAgo * DAY_MS));
    return sessionId;
  }

  /** As if nothing had been written to it for so long. */
  age(number: number, days: number): void {
    const seconds = (Date.now() - days * DAY_MS) / 1000;
    utimesSync(this.#pathOf(idOf(number)), seconds, seconds);
  }

  /** One more question and its answer. */
  goOn(number: number, asked: string): void {
    const sessionId = idOf(number);
    const lines = [1, 2].map((line) => `${sessionId}-more-${line}`);
    const place = { ...placeOf(sessionId, Date.now()), newId: () => lines.shift() ?? '' };
    const more = [prompt(place, asked), reply(place, `msg_${sessionId}_more`, text('Done as well.'))];
    appendFileSync(this.#pathOf(sessionId), jsonl(more));
  }

  /** A sub-agent of a session, in the session's own folder. */
  writeAgent(number: number, agentId: string, asked: string): void {
    const sessionId = idOf(number);
    const agents = join(this.#pathOf(sessionId).slice(0, -'.jsonl'.length), 'subagents');
    mkdirSync(agents, { recursive: true });
    const place = { ...placeOf(sessionId, Date.now()), sidechain: true, agentId };
    const said = [prompt(place, asked), reply(place, `msg_${agentId}`, text('Found it.'))];
    writeFileSync(join(agents, `agent-${agentId}.jsonl`), jsonl(said));
  }

  remove(number: number): void {
    rmSync(this.#pathOf(idOf(number)));
  }

  #pathOf(sessionId: string): string {
    return join(this.path, 'projects', '-home-nora-src-packlist', `${sessionId}.jsonl`);
  }
}

/** @param time of its first line, ms */
export function transcript(sessionId: string, asked: string, time: number): string {
  const place = placeOf(sessionId, time);
  return jsonl([
    { type: 'custom-title', customTitle: asked, sessionId },
    prompt(place, asked),
    reply(place, `msg_${sessionId}`, text('Done.')),
  ]);
}

/** A session of so many questions, each with its answer. @param time of its first line, ms */
export function longTranscript(sessionId: string, questions: number, time: number): string {
  const place = placeOf(sessionId, time);
  const said = Array.from({ length: questions }, (_, at) => [
    prompt(place, `Question ${at + 1}`),
    reply(place, `msg_${sessionId}_${at + 1}`, text(`Answer ${at + 1}`)),
  ]);
  return jsonl([{ type: 'custom-title', customTitle: 'Pack for the fjords', sessionId }, ...said.flat()]);
}

function placeOf(sessionId: string, time: number): Place {
  let lines = 0;
  const newId = (): string => `${sessionId}-${(lines += 1)}`;
  return { sessionId, cwd: '/home/nora/src/packlist', newId, time, parent: null };
}

export function idOf(number: number): string {
  return `${String(number).padStart(8, '0')}-6b1f-4a53-9d0e-5d1f6a1c2b3d`;
}
