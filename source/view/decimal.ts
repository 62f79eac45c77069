/**
 * A number in plain decimal notation, exact: reading the text gives the same number again. `1e+21` becomes
 * `1000000000000000000000` and `1e-7` becomes `0.0000001`, since spreadsheets and scripts often take an exponent for
 * text. `-0` is `0`.
 */
export function plainDecimal(value: number): string {
  const text = String(value);
  const exponentAt = text.indexOf('e');
  return exponentAt === -1 ? text : withoutExponent(text.slice(0, exponentAt), Number(text.slice(exponentAt + 1)));
}

function withoutExponent(mantissa: string, exponent: number): string {
  const sign = mantissa.startsWith('-') ? '-' : '';
  const [whole = '', fraction = ''] = mantissa.slice(sign.length).split('.');
  // JavaScript writes an exponent only below 1e-6 and from 1e21 on: the point always leaves the digits there are.
  return exponent < 0
    ? `${sign}0.${'0'.repeat(-exponent - 1)}${whole}${fraction}`
    : `${sign}${whole}${fraction.padEnd(exponent, '0')}`;
}
