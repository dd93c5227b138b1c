/** A relay in a process of its own, as `dramatis serve` starts it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CLI = fileURLToPath(new URL('../terminal/cli.ts', import.meta.url));

export interface RelayProcess {
  readonly url: string;
  /** What it logged so far. */
  log(): string;
  /** Ends it and waits until it has ended; gives its exit code, null after a kill. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>;
}

/** Starts one on a free port. @param options of `dramatis serve` */
export async function startRelayProcess(...options: readonly string[]): Promise<RelayProcess> {
  const args = ['--import', 'tsx', CLI, 'serve', '--port', '0', ...options];
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  const url = await addressOf(child, () => log);
  return {
    url,
    log: () => log,
    end: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const exit = once(child, 'exit');
      child.kill(signal);
      await exit;
      return child.exitCode;
    },
  };
}

function addressOf(child: ChildProcess, log: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const url = /http:\/\/\S+/.exec(said)?.[0];
      if (url !== undefined) resolve(url);
    });
    child.once('exit', () => reject(new Error(`the relay did not start: ${log()}`)));
  });
}
