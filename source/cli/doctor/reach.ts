import {ApiError} from '../../api/errors.ts';
import {telling} from '../../usage/cache.ts';
import {clockDifference} from '../../view/clock-words.ts';
import {type ApiPlace, checkKey, openClient} from '../client.ts';
import type {System} from '../system.ts';
import type {Check} from './check.ts';

/**
 * Whether the API can be reached, and takes the key: asked the way and the question that a fetch would ask, once. And
 * what its answer says of our clock. `timeout` in seconds. Throws the signal's reason when it is stopped.
 */
export async function checkReach(
  place: ApiPlace,
  {timeout, signal}: {readonly timeout: number; readonly signal: AbortSignal},
  system: System,
): Promise<readonly Check[]> {
  const client = openClient(place, timeout, system);
  const began = system.now();
  const answer = await checkKey(client, began, signal).catch((error: unknown) => {
    signal.throwIfAborted();
    if (error instanceof ApiError) return error;
    throw error;
  });
  const took = `${((system.now() - began) / 1000).toFixed(1)} s`;
  const way = place.proxy === undefined ? '' : ` through the proxy ${place.proxy}`;
  return [reached(answer, place.key === '', `${took}${way}`), checkClock(client.clockAhead())];
}

function reached(answer: 'taken' | 'busy' | ApiError, isWithoutKey: boolean, how: string): Check {
  const name = 'API';
  const answers = `answers within ${how}`;
  if (answer === 'taken') {
    return {name, state: 'ok', found: `${answers}, and ${isWithoutKey ? 'asks for no key' : 'takes the key'}`};
  }
  if (answer === 'busy') {
    const found = `${answers} that it is asked too often (429); the key was not looked at`;
    return {name, state: 'note', found, advice: 'Wait a minute, then try again.'};
  }
  if (isWithoutKey && answer.reason === 'unauthorized') {
    return {name, state: 'ok', found: `${answers}: it can be reached, and wants a key (${answer.status})`};
  }
  return {name, state: 'fix', found: answer.what, advice: answer.next};
}

/** Which days are settled is told by the clock: one that is wrong keeps or asks again what it should not. */
function checkClock(ahead: number | undefined): Check {
  const name = 'clock';
  if (ahead === undefined) return {name, state: 'note', found: 'not compared: no answer told the time'};
  if (telling(ahead) === undefined) {
    const seconds = Math.round(Math.abs(ahead) / 1000);
    const found = seconds < 3 ? 'as the server’s' : `${seconds} s ${ahead > 0 ? 'ahead of' : 'behind'} the server’s`;
    return {name, state: 'ok', found};
  }
  const advice = 'Set the clock: it decides which days still change, and which days “today” and “last 7 days” are.';
  return {name, state: 'fix', found: clockDifference(ahead), advice};
}
