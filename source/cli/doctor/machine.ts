import type {Check} from './check.ts';

/** As package.json declares it, */
const supported = 22;
/** and what the tests run on as well. */
const working = 20;

/** Whether this Node.js is one the program is made for. `version` is like 24.21.0. */
export function checkNode(version: string): Check {
  const major = Number.parseInt(version, 10);
  const advice = 'Install Node.js 24 (https://nodejs.org): it redraws several times as fast.';
  if (major >= supported) return {name: 'Node.js', state: 'ok', found: version};
  const found = `${version}; supported are ${supported} and newer`;
  return major >= working
    ? {name: 'Node.js', state: 'note', found: `${found}, this one works too`, advice}
    : {name: 'Node.js', state: 'fix', found, advice};
}
