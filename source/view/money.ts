import {brief} from '../api/brief.ts';
import {formatNumber} from './format.ts';
import {printable} from './printable.ts';

/** No price is that small: such an amount is what adding and taking away left over. */
const LEAST_AMOUNT = 1e-12;

/** The API's have three letters; a longer one would stand behind every amount of a column. */
const LONGEST_CURRENCY = 12;

/**
 * An amount in its currency (lower case, undefined where none is known): `$1,234.50`, `-$3.20`, `1,234.50 EUR`. Below
 * one it keeps up to four digits (`$0.000043`), so that what was paid never shows as nothing; `short` keeps two, and
 * leaves out decimals from 100 up (`$4,210`).
 */
export function formatMoney(currency: string | undefined, value: number, style: 'exact' | 'short'): string {
  return withCurrency(currency, value, amount(Math.abs(value), style));
}

/** The sign and the currency around the text of an amount without a sign. */
export function withCurrency(currency: string | undefined, value: number, text: string): string {
  const sign = value <= -LEAST_AMOUNT ? '-' : '';
  if (currency === 'usd') return `${sign}$${text}`;
  return currency === undefined
    ? `${sign}${text}`
    : `${sign}${text} ${printable(brief(currency.toUpperCase(), LONGEST_CURRENCY))}`;
}

function amount(size: number, style: 'exact' | 'short'): string {
  if (size < LEAST_AMOUNT) return '0.00';
  if (size >= 100 && style === 'short') return formatNumber(Math.round(size));
  const precision = style === 'short' ? 2 : 4;
  const digits = formatNumber(Number(size >= 1 ? size.toFixed(2) : size.toPrecision(precision)));
  const [whole = '', decimals = ''] = digits.split('.');
  return `${whole}.${decimals.padEnd(2, '0')}`;
}
