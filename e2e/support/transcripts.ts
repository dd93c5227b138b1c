import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TestInfo } from '@playwright/test';
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

  remove(number: number): void {
    rmSync(this.#pathOf(idOf(number)));
  }

  #pathOf(sessionId: string): string {
    return join(this.path, 'projects', '-home-nora-src-packlist', `${sessionId}.jsonl`);
  }
}

/** @param time of its first line, ms */
export function transcript(sessionId: string, asked: string, time: number): string {
  let lines = 0;
  const newId = (): string => `${sessionId}-${(lines += 1)}`;
  const place = { sessionId, cwd: '/home/nora/src/packlist', newId, time, parent: null };
  return jsonl([
    { type: 'custom-title', customTitle: asked, sessionId },
    prompt(place, asked),
    reply(place, `msg_${sessionId}`, text('Done.')),
  ]);
}

/** A session of so many questions, each with its answer. @param time of its first line, ms */
export function longTranscript(sessionId: string, questions: number, time: number): string {
  let lines = 0;
  const newId = (): string => `${sessionId}-${(lines += 1)}`;
  const place = { sessionId, cwd: '/home/nora/src/packlist', newId, time, parent: null };
  const said = Array.from({ length: questions }, (_, at) => [
    prompt(place, `Question ${at + 1}`),
    reply(place, `msg_${sessionId}_${at + 1}`, text(`Answer ${at + 1}`)),
  ]);
  return jsonl([{ type: 'custom-title', customTitle: 'Pack for the fjords', sessionId }, ...said.flat()]);
}

export function idOf(number: number): string {
  return `${String(number).padStart(8, '0')}-6b1f-4a53-9d0e-5d1f6a1c2b3d`;
}
