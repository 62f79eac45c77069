import type {Column} from '../usage/block.ts';
import type {Filter} from './filter.ts';
import {NONE} from './group-codes.ts';
import {printableName} from './printable.ts';
import {isHalfNumber, readNumber} from './read-number.ts';

type Read = {readonly filter: Filter} | {readonly problem: string} | undefined;

const OPERATION = /^(<=|>=|!=|==|[=!<>])\s*(.*)$/s;

/** A date as the column shows it, or its beginning, cut where a part of it ends. */
const DATE = /^\d{4}(?:-\d{2}(?:-\d{2}(?:T\d{2}(?::\d{2}Z?)?)?)?)?$/;
const DATE_SHAPE = '0000-00-00T00:00Z';

/**
 * What was typed into the filter prompt, the cursor being on `column`, whose cell shows `cell`: `= x`, `! x`, `< 1,000`,
 * `>= 2.5k`, or else free text. `=` and `!` alone mean what the cell shows. Undefined where there is nothing to filter
 * by yet; a problem is one sentence that says what to type instead. `(none)` is what the summary calls a missing value.
 */
export function readFilter(typed: string, column: Column, cell: string): Read {
  const text = typed.trim();
  if (text === '') return undefined;
  const [, operator, operand = ''] = OPERATION.exec(text) ?? [];
  if (operator === undefined) return {filter: {kind: 'text', text}};
  if (operator.startsWith('<') || operator.startsWith('>')) return readBound(operator, operand, column);
  return readWhole(operator.startsWith('=') ? 'is' : 'not', operand === '' ? cell : operand, column);
}

function readWhole(kind: 'is' | 'not', typed: string, column: Column): Read {
  // As the summary calls what is missing.
  const value = typed === NONE ? '' : typed;
  const isReadable = column.kind !== 'number' || value === '' || readNumber(value) !== undefined;
  if (isReadable) return {filter: {kind, column: column.name, value: value === '' ? undefined : value}};
  return isHalfNumber(value) ? undefined : noNumber(value, column, kind === 'is' ? '=' : '!');
}

function readBound(operator: string, operand: string, column: Column): Read {
  if (operand === '') return undefined;
  const kind = operator.startsWith('<') ? 'below' : 'above';
  const bound = (than: number | string): Read => ({
    filter: {kind, column: column.name, than, isOrEqual: operator.length > 1},
  });
  if (column.kind === 'number') {
    const number = readNumber(operand);
    if (number !== undefined) return bound(number);
    return isHalfNumber(operand) ? undefined : noNumber(operand, column, operator);
  }
  if (column.name !== 'date') {
    const name = printableName(column.name);
    return {
      problem: `${name} holds text, which ${operator} cannot compare: type = or ! and a value, or go to a number.`,
    };
  }
  if (DATE.test(operand)) return bound(operand);
  // Digits stand for digits: what fits the shape so far is a date that is still being typed.
  if (DATE_SHAPE.startsWith(operand.replaceAll(/\d/g, '0'))) return undefined;
  return {problem: `"${printableName(operand)}" is not a date: type it like ${operator} 2026-10-05.`};
}

function noNumber(typed: string, column: Column, operator: string): Read {
  const name = printableName(column.name);
  return {
    problem: `"${printableName(typed)}" is not a number, and ${name} holds numbers: type it like ${operator} 1,000 or ${operator} 2.5k.`,
  };
}
