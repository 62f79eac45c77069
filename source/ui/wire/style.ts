/**
 * How a cell looks: the SGR codes that are on, in one order only, so that equal looks are equal strings. Attributes by
 * number, then the foreground, then the background; empty where nothing is on.
 */
export type Style = string;

export const PLAIN: Style = '';

/** What switches each attribute off; bold and faint share theirs. */
const OFF: Readonly<Record<string, string>> = {
  1: '22',
  2: '22',
  3: '23',
  4: '24',
  5: '25',
  7: '27',
  8: '28',
  9: '29',
  53: '55',
};

/** The style after the parameters of one SGR sequence (what stands between `CSI` and `m`); unknown codes change nothing. */
export function withCodes(style: Style, parameters: string): Style {
  const codes = parameters.split(';');
  let on = codesOf(style);
  for (let index = 0; index < codes.length; index++) {
    const code = String(Number(codes[index] || '0'));
    if (code === '0') on = [];
    else if (code === '38' || code === '48') {
      const length = codes[index + 1] === '5' ? 3 : 5;
      const color = codes.slice(index, index + length).join(';');
      on = [...on.filter(other => offOf(other) !== offOf(color)), color];
      index += length - 1;
    } else if (isOff(code)) on = on.filter(other => offOf(other) !== code);
    else if (offOf(code) !== undefined) {
      const isAttribute = code in OFF;
      on = [...on.filter(other => (isAttribute ? other !== code : offOf(other) !== offOf(code))), code];
    }
  }
  return on.sort((one, other) => rankOf(one) - rankOf(other)).join(',');
}

/** The shortest sequence that turns one style into another. */
export function styleChange(from: Style, to: Style, canSwitchOff: boolean): string {
  if (from === to) return '';
  if (to === PLAIN) return '\x1b[m';
  const wanted = codesOf(to);
  if (from === PLAIN) return `\x1b[${wanted.join(';')}m`;
  const anew = ['0', ...wanted];
  const current = codesOf(from);
  const replaced = wanted.map(offOf).filter(off => off === '39' || off === '49');
  const gone = current.filter(code => !wanted.includes(code)).map(code => offOf(code) ?? '');
  const off = [...new Set(gone)].filter(code => !replaced.some(other => other === code));
  if (off.length > 0 && !canSwitchOff) return `\x1b[${anew.join(';')}m`;
  // Bold off is faint off: what is still wanted comes back.
  const on = wanted.filter(code => !current.includes(code) || off.includes(offOf(code) ?? ''));
  const change = [...off, ...on].join(';');
  const whole = anew.join(';');
  return `\x1b[${change.length <= whole.length ? change : whole}m`;
}

function codesOf(style: Style): string[] {
  return style === PLAIN ? [] : style.split(',');
}

/** What ends a code's effect; undefined for a code that this program does not know. */
function offOf(code: string): string | undefined {
  if (/^(?:3[0-7]|9[0-7]|38;.*)$/.test(code)) return '39';
  if (/^(?:4[0-7]|10[0-7]|48;.*)$/.test(code)) return '49';
  return OFF[code];
}

function isOff(code: string): boolean {
  return /^(?:2[2-9]|39|49|55)$/.test(code);
}

function rankOf(code: string): number {
  const off = offOf(code);
  return off === '39' ? 100 : off === '49' ? 101 : Number(code);
}
