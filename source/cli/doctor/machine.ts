import {localeVariable} from '../../options/environment.ts';
import type {DisplayOptions, Environment} from '../../options.ts';
import {isTooSmall, LEAST} from '../../ui/layout.ts';
import type {Check} from './check.ts';

/** As package.json recommends it; older ones that start at all are tested too. */
const recommended = 22;

/** Whether this Node.js is one the program is made for. `version` is like 24.21.0. */
export function checkNode(version: string): Check {
  const name = 'Node.js';
  if (Number.parseInt(version, 10) >= recommended) return {name, state: 'ok', found: version};
  const found = `${version} works; screens are redrawn several times as fast by 24`;
  return {name, state: 'note', found, advice: 'Install Node.js 24 (https://nodejs.org).'};
}

/** What is known of a terminal. */
export type Terminal = {
  readonly isInput: boolean;
  readonly isOutput: boolean;
  readonly columns: number | undefined;
  readonly rows: number | undefined;
};

/** Whether the full screen has a terminal to be on, and one that is large enough. */
export function checkTerminal({isInput, isOutput, columns, rows}: Terminal, environment: Environment): Check {
  const name = 'terminal';
  if (!isInput || !isOutput) {
    const which = isOutput ? 'standard input is none' : isInput ? 'standard output is none' : 'none';
    const found = `${which}: export and summary work, the full screen does not`;
    return {name, state: 'note', found, advice: 'For the full screen run it in a terminal (over ssh: ssh -t).'};
  }
  const size = columns && rows ? `${columns} columns, ${rows} rows` : 'of unknown size';
  const term = environment['TERM'];
  const found = [size, term ? `TERM=${term}` : 'TERM is not set', ...placesOf(environment)].join(', ');
  if (columns && rows && isTooSmall({columns, rows})) {
    return {name, state: 'fix', found, advice: `Make it larger: the screens need ${LEAST.columns} by ${LEAST.rows}.`};
  }
  if (!term || term === 'dumb') {
    return {name, state: 'note', found, advice: 'Say what it is, for example: export TERM=xterm-256color.'};
  }
  return {name, state: 'ok', found};
}

/** What lies between us and the keyboard. */
function placesOf(environment: Environment): readonly string[] {
  const isSet = (...names: string[]) => names.some(name => environment[name]);
  return [
    ...(isSet('SSH_CONNECTION', 'SSH_TTY') ? ['over ssh'] : []),
    ...(isSet('TMUX') ? ['in tmux'] : []),
    ...(isSet('STY') ? ['in screen'] : []),
  ];
}

/** Which colours are used, or why none are. */
export function checkColors(display: DisplayOptions, environment: Environment): Check {
  const name = 'colours';
  const {COLORTERM: colorterm = '', TERM: term = ''} = environment;
  if (!display.color) {
    const why = environment['NO_COLOR'] ? 'NO_COLOR' : term === 'dumb' ? 'TERM=dumb' : '--no-color';
    return {name, state: 'ok', found: `none (${why})`};
  }
  const isTrue = /^(truecolor|24bit)$/i.test(colorterm);
  const found = isTrue ? `16 million (COLORTERM=${colorterm})` : /256/.test(term) ? '256' : '16';
  return {name, state: 'ok', found: `${found}; the screens need 16`};
}

/** Whether lines and marks are drawn, or ASCII stands in for them. */
export function checkCharacters({ascii}: DisplayOptions, environment: Environment): Check {
  const name = 'characters';
  const variable = localeVariable(environment);
  const locale = variable === undefined ? 'no locale is set' : `${variable}=${environment[variable]}`;
  if (!ascii) return {name, state: 'ok', found: `UTF-8 (${locale})`};
  const found = `plain ASCII (${locale})`;
  return {name, state: 'note', found, advice: 'For lines and marks set a UTF-8 locale, for example LANG=C.UTF-8.'};
}
