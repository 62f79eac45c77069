import {assembling} from '../../source/usage/assemble.ts';
import type {Dataset} from '../../source/usage/dataset.ts';

/** The dataset of the pieces at once, for tests in which nobody waits at a key. */
export function assemble(...what: Parameters<typeof assembling>): Dataset {
  const steps = assembling(...what);
  for (;;) {
    const {done, value} = steps.next();
    if (done) return value;
  }
}
