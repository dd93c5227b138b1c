import { ProblemError } from '../../model/problem.ts';
import type { SourceFile } from '../byte-source.ts';
import { SourceChanged } from '../byte-source.ts';
import { objectOf, parseBytes, stringOf } from './json.ts';

const LARGEST = 64 * 1024;

/** The type of agent `agent-*.meta.json` names, lower-cased. Null when it names none, or there is no such file. */
export async function agentTypeIn(meta: SourceFile | null): Promise<string | null> {
  if (meta === null) return null;
  try {
    const source = await meta.open();
    try {
      const { agentType } = objectOf(parseBytes(await source.read(0, LARGEST)));
      return stringOf(stringOf(agentType)?.trim().toLowerCase());
    } finally {
      source.close();
    }
  } catch (error) {
    if (error instanceof ProblemError || error instanceof SourceChanged) return null;
    throw error;
  }
}
