const NUMBER = /^([+-]?(?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d+)?)([kmg]?)$/i;
const POWERS: Readonly<Record<string, string>> = {k: 'e3', m: 'e6', g: 'e9'};

/** What could still become a number: a sign, a point or a separator without all of the digits that go after it. */
const HALF_TYPED = /^[+-]?(?:\d+\.|\.|[1-9]\d{0,2}(?:,\d{3})*,\d{0,2})?$/;

/** The number that was typed: `1204511`, `1,204,511`, `-0.25`, `1.5k` (k, M, G); undefined where it is none. */
export function readNumber(typed: string): number | undefined {
  const [, digits = '', suffix = ''] = NUMBER.exec(typed) ?? [];
  if (!/\d/.test(digits)) return undefined;
  return Number(digits.replaceAll(',', '') + (POWERS[suffix.toLowerCase()] ?? ''));
}

/** Whether a number is still being typed: nothing, `-`, `1.`, `1,0`. */
export function isHalfNumber(typed: string): boolean {
  return HALF_TYPED.test(typed);
}
