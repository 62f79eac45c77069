import {PLAIN} from './plain.js';

const plain = new RegExp(`^[${PLAIN}]*$`);

/** Colours and the like, which take no column. */
const styles = /\u001b\[[\d;]*m/g;

/** @type {typeof import('string-width').default | undefined} */
let exact;

/**
 * What string-width says. That is loaded for the first text that needs it: its tables of emoji take 25 ms to be made, and
 * a screen of ours rarely does. Ink's measuring gives no options.
 *
 * @type {typeof import('string-width').default}
 */
export default function stringWidth(text, options) {
  if (options === undefined && typeof text === 'string') {
    if (plain.test(text)) return text.length;
    const bare = text.replace(styles, '');
    if (plain.test(bare)) return bare.length;
  }
  exact ??= load();
  return exact(text, options);
}

/** @returns {typeof import('string-width').default} */
function load() {
  // esbuild makes of a required module one that is run when it is required.
  return require('string-width').default;
}
