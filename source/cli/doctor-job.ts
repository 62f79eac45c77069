import type {DoctorOptions} from '../options.ts';
import type {Check} from './doctor/check.ts';
import {checkNode} from './doctor/machine.ts';
import type {System} from './system.ts';

/**
 * Looks at everything a job needs and prints a line each: `ok`, `note`, or `fix` with what to do. Returns the exit code:
 * 0, or 1 when something is to be done.
 */
export async function runDoctor(_options: DoctorOptions, system: System): Promise<number> {
  const checks: Check[] = [checkNode(system.node)];
  for (const {state, name, found, advice} of checks) {
    system.stdout.write(`${state.padEnd(5)} ${name}: ${found}${advice === undefined ? '' : `. ${advice}`}\n`);
  }
  return checks.some(({state}) => state === 'fix') ? 1 : 0;
}
