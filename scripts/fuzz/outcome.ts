/** Everything a person could see after an import, and what must hold of it whatever was read. */
import type { SqlJsStatic } from 'sql.js';
import { contextToJson, sessionToJson } from '../../src/core/catalog/session-json.ts';
import { receiptToJson } from '../../src/core/import/receipt-json.ts';
import type { Problem } from '../../src/core/model/problem.ts';
import type { Receipt, Tally } from '../../src/core/model/receipt.ts';
import type { ImportOutcome } from '../../src/core/model/views.ts';
import type { SourceEntry } from '../../src/core/sources/byte-source.ts';
import { MemoryStore } from '../../src/core/state/memory-store.ts';
import type { Workspace } from '../../src/core/workspace.ts';
import { openWorkspace } from '../../src/core/workspace.ts';
import { NOW } from './worlds.ts';

/** What is known of a session, for comparing. */
export type Shown = ReadonlyMap<string, string>;

export class Broken extends Error {}

export function openFresh(SQL: SqlJsStatic): Promise<Workspace> {
  return openWorkspace({
    store: new MemoryStore(),
    loadSqlJs: () => Promise.resolve(SQL),
    now: () => NOW,
    newDeviceId: () => 'device',
    timeZone: 'Europe/Berlin',
  });
}

/** Imports, checks what must hold, and gives what is shown of each session. */
export async function importAndCheck(workspace: Workspace, entries: readonly SourceEntry[]): Promise<ImportOutcome> {
  const outcome = await workspace.import(entries, { now: NOW });
  if (!outcome.ok) {
    if (outcome.problems.length === 0) throw new Broken('refused without a reason');
    checkProblems(outcome.problems);
    return outcome;
  }
  checkReceipt(outcome.receipt);
  JSON.stringify(receiptToJson(outcome.receipt));
  return outcome;
}

/** Every view a screen or a command has, so that none of them fails. */
export async function lookAtEverything(workspace: Workspace): Promise<Shown> {
  workspace.overview();
  const { rows } = workspace.sessions({ folded: false, sort: 'end' });
  workspace.sessions({ unfolded: rows.map(({ sessionId }) => sessionId), text: 'a' });
  JSON.stringify(contextToJson(await workspace.context({ start: 0, end: NOW, gapMinutes: 30 })));
  const kept = new Map<string, unknown[]>();
  for (const { id } of workspace.personas()) {
    workspace.timeline(id, -50, 50);
    for (const { sessionId, id: messageId, text, time, role } of workspace.kept(id) ?? [])
      kept.set(sessionId, [...(kept.get(sessionId) ?? []), [id, messageId, text, time, role]]);
  }
  return new Map(
    rows.map(({ sessionId }) => {
      const session = workspace.session(sessionId);
      if (session === null) throw new Broken(`${sessionId} is listed and not there`);
      return [sessionId, JSON.stringify([sessionToJson(session), (kept.get(sessionId) ?? []).map(String).sort()])];
    }),
  );
}

function checkReceipt({ sources, personas }: Receipt): void {
  for (const { path, sessions, messages, explained, problems } of sources) {
    checkTally(`${path}: sessions`, sessions);
    checkTally(`${path}: messages`, messages);
    checkProblems(problems);
    if (explained === null) continue;
    const { forks: _forks, ...kinds } = explained.sessions;
    checkSum(`${path}: sessions explained`, Object.values(kinds), sessions.found - sessions.skipped);
    checkSum(`${path}: messages explained`, Object.values(explained.messages), messages.found - messages.skipped);
  }
  for (const { id, found, kept, pruned } of personas) checkSum(id, [kept, pruned], found);
}

function checkTally(what: string, tally: Tally): void {
  checkSum(what, [tally.new, tally.updated, tally.unchanged, tally.skipped], tally.found);
}

function checkSum(what: string, parts: readonly number[], whole: number): void {
  const sum = parts.reduce((total, part) => total + part, 0);
  if (sum !== whole || parts.some((part) => part < 0))
    throw new Broken(`${what}: ${parts.join(' + ')} is not ${whole}`);
}

/** Each says what happened and where; what is our fault is a bug. */
function checkProblems(problems: readonly Problem[]): void {
  for (const { code, message, file } of problems) {
    if (code === 'internal') throw new Broken(message);
    if (message.trim() === '') throw new Broken(`a problem of ${file} says nothing`);
  }
}
