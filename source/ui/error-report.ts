import {brief} from '../api/brief.ts';
import {ApiError} from '../api/errors.ts';
import {counted} from '../view/counted.ts';
import {printable} from '../view/printable.ts';
import {sentenceOf} from './sentences.ts';
import {wrapText} from './wrap.ts';

/**
 * Errors in full, as lines of at most `width` columns: the sentence (with the server's own words), what was asked
 * (method, path, query), the status, how often it was tried, the cause and the stack, for whoever reports it. A text is a
 * sentence about something that is no error.
 */
export function errorReport(errors: readonly (Error | string)[], width: number): readonly string[] {
  return errors.flatMap((error, index) => [
    ...(index === 0 ? [] : ['']),
    ...wrapText(sentenceOf(error), width),
    ...factsOf(error).flatMap(fact => wrapText(fact, width, {first: '  ', rest: '    '})),
    ...stackOf(error).flatMap(line => wrapText(line, width, {first: '  ', rest: '      '})),
  ]);
}

function factsOf(error: Error | string): readonly string[] {
  if (!(error instanceof ApiError)) return [];
  const {asked, status, tries} = error;
  const question = asked && printable(brief(`${asked.method} ${asked.path}${asked.query && `?${asked.query}`}`, 4000));
  const answer = [status !== undefined && `status ${status}`, counted(tries, 'attempt')].filter(part => part !== false);
  return [...(question ? [question] : []), answer.join(', ')];
}

function stackOf(error: Error | string): readonly string[] {
  if (typeof error === 'string') return [];
  const cause = error.cause instanceof Error ? [`caused by ${sentenceOf(error.cause)}`] : [];
  const frames = error.stack?.split('\n').filter(line => /^\s+at /.test(line)) ?? [];
  return [...cause, ...frames.map(frame => printable(frame.trim()))];
}
