// An `hlp serve` of a suite's own, beside the one that all suites share.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export const PROGRAM = process.env.HLP_E2E_PROGRAM ?? fileURLToPath(new URL('../../target/debug/hlp', import.meta.url));
export const START_MS = 60_000;

/** Starts `hlp serve` with further arguments; gives its address and how to end it. */
export async function startService(args) {
  const service = spawn(PROGRAM, ['serve', ...args, '--listen', '127.0.0.1:0'], {
    stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, HLP_LOG: 'error' },
  });
  const address = await new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      service.kill();
      reject(new Error('the service did not start'));
    }, START_MS);
    service.once('exit', (code) => reject(new Error(`the service ended with ${code}`)));
    service.stdout.once('data', (line) => {
      clearTimeout(late);
      resolve(String(line).trim());
    });
  });
  async function stop() {
    service.removeAllListeners('exit');
    if (service.exitCode !== null) return;
    const ended = once(service, 'exit');
    service.kill();
    await ended;
  }
  return { address, stop };
}
