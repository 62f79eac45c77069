import {expect, test} from 'vitest';
import {Backlog} from '../../source/cli/backlog.ts';

/** As a Linux PTY was seen to be: it takes no more at so many bytes, and then makes room in lumps. */
const holds = 19_000;
const lump = 3584;

/** Frames as soon as one may go out, for so long, into a terminal whose line takes so many bytes a millisecond. */
function hold(backlog: Backlog, line: {readonly rate: number; readonly from: number; readonly until: number}) {
  let inside = 0;
  let room = holds;
  let rest = 0;
  let most = 0;
  let waited = 0;
  const {rate, from, until} = line;
  for (let now = from; now < until; now += 20) {
    inside = Math.max(0, inside - rate * 20);
    if (holds - inside - room >= lump || inside === 0) room = Math.floor(holds - inside);
    if (rest === 0 && backlog.wait(now) === 0) rest = 2000;
    else if (rest === 0) waited++;
    while (rest > 0 && room > 0) {
      const taken = Math.min(rest, room);
      backlog.took(taken, now);
      inside += taken;
      room -= taken;
      rest -= taken;
    }
    if (rest > 0) backlog.refused(now);
    if (now > until - 10_000) most = Math.max(most, inside + rest);
  }
  return {most, waited};
}

test('a slow terminal that was full once holds little more than a frame from then on', () => {
  expect(hold(new Backlog(), {rate: 2.5, from: 0, until: 40_000}).most).toBeLessThan(6000);
});

test('one that is full for moments only is never waited for', () => {
  expect(hold(new Backlog(), {rate: 90, from: 0, until: 20_000}).waited).toBe(0);
});

test('one that stood still and then takes everything at once is not taken for slow', () => {
  const backlog = new Backlog();
  backlog.took(holds, 0);
  for (let now = 0; now < 60_000; now += 20) backlog.refused(now);
  backlog.took(2000, 60_000);
  expect(backlog.wait(60_020)).toBe(0);
});

test('one that was slow a minute ago is tried again', () => {
  const backlog = new Backlog();
  hold(backlog, {rate: 2.5, from: 0, until: 5000});
  expect(backlog.wait(5000)).toBeGreaterThan(0);
  backlog.took(100_000, 60_000);
  expect(backlog.wait(66_000)).toBe(0);
});
