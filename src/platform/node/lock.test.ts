import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockHolder, Locked, takeLock } from './lock.ts';
import { processBirth } from './process-birth.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dramatis-lock-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** The id of a process that has ended. */
function deadPid(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

async function lockOf(holder: object): Promise<void> {
  await writeFile(join(folder, 'lock'), JSON.stringify(holder));
}

test('one can have it, the next one is told who has it', async () => {
  const lock = await takeLock(folder);
  await expect(takeLock(folder)).rejects.toThrow(`process ${process.pid}`);
  await lock.release();
  const again = await takeLock(folder);
  await again.release();
  expect(await readdir(folder)).toEqual([]);
});

test('another process that has it can be named without taking it; one that died, and this one, are not another', async () => {
  expect(await lockHolder(folder)).toBeNull();
  await lockOf({ pid: process.ppid, host: hostname(), birth: processBirth(process.ppid) });
  expect(await lockHolder(folder)).toBe(`Another command (process ${process.ppid})`);
  expect(await readdir(folder)).toEqual(['lock']);
  await lockOf({ pid: deadPid(), host: hostname(), birth: null });
  expect(await lockHolder(folder)).toBeNull();
  await rm(join(folder, 'lock'));
  const lock = await takeLock(folder);
  expect(await lockHolder(folder)).toBeNull();
  await lock.release();
});

test('it makes the folder', async () => {
  const lock = await takeLock(join(folder, 'new', 'folder'));
  expect(await readdir(join(folder, 'new', 'folder'))).toEqual(['lock']);
  await lock.release();
});

test('the lock of a dead process is taken over', async () => {
  await lockOf({ pid: deadPid(), host: hostname(), birth: null });
  const lock = await takeLock(folder);
  expect(await readdir(folder)).toEqual(['lock']);
  await lock.release();
});

test('so is that of a process whose id another one has now', async () => {
  if (processBirth(process.pid) === null) return;
  await lockOf({ pid: process.pid, host: hostname(), birth: 'an earlier boot/1' });
  const lock = await takeLock(folder);
  expect(await readdir(folder)).toEqual(['lock']);
  await lock.release();
});

test('and a take-over that was interrupted does not stand in the way', async () => {
  const dead = { pid: deadPid(), host: hostname(), birth: null };
  await lockOf(dead);
  await writeFile(join(folder, 'lock.next'), JSON.stringify(dead));
  const lock = await takeLock(folder);
  expect(await readdir(folder)).toEqual(['lock']);
  await lock.release();
});

test('a lock of another machine, or one that can not be read, is left alone', async () => {
  await lockOf({ pid: deadPid(), host: 'another-machine', birth: null });
  await expect(takeLock(folder)).rejects.toThrow('on another-machine');
  await writeFile(join(folder, 'lock'), '');
  await expect(takeLock(folder)).rejects.toBeInstanceOf(Locked);
  expect(await readdir(folder)).toEqual(['lock']);
});

test('releasing twice does not take away the lock of the next one', async () => {
  const first = await takeLock(folder);
  await first.release();
  const second = await takeLock(folder);
  await first.release();
  await expect(takeLock(folder)).rejects.toBeInstanceOf(Locked);
  await second.release();
});

test('of many processes that find a dead lock at once, exactly one has it', async () => {
  const script = `
    const { takeLock } = await import(${JSON.stringify(new URL('lock.ts', import.meta.url).href)});
    process.stdout.write('ready\\n');
    process.stdin.once('data', () => {
      takeLock(${JSON.stringify(folder)}).then(
        () => process.stdout.write('have it\\n'),
        (error) => process.stdout.write(error.name + '\\n'),
      );
    });
    process.stdin.on('end', () => process.exit(0));
  `;
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  const children = Array.from({ length: 5 }, () =>
    spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      cwd: root,
      stdio: ['pipe', 'pipe', 'inherit'],
    }),
  );
  const lines = children.map((child) => createInterface(child.stdout)[Symbol.asyncIterator]());
  const next = () => Promise.all(lines.map(async (each) => String((await each.next()).value)));
  expect(new Set(await next())).toEqual(new Set(['ready']));
  await lockOf({ pid: deadPid(), host: hostname(), birth: null });
  for (const child of children) child.stdin.write('go\n');
  expect((await next()).sort()).toEqual(['Locked', 'Locked', 'Locked', 'Locked', 'have it']);
  await Promise.all(
    children.map(async (child) => {
      child.stdin.end();
      await once(child, 'exit');
    }),
  );
  // they ended without giving it up: the next one takes it over
  const lock = await takeLock(folder);
  await lock.release();
});
