import {PassThrough} from 'node:stream';
import {setImmediate as turn} from 'node:timers/promises';
import {expect, test} from 'vitest';
import {createKeyboard} from '../../source/ui/keyboard.ts';
import {spell} from '../../source/ui/keys.ts';

/** A terminal that notes what is done to it, and timers that fire when told. */
function terminal() {
  const log: string[] = [];
  const timers = new Set<{milliseconds: number; callback: () => void}>();
  const stdin = Object.assign(new PassThrough(), {
    setRawMode: (isRaw: boolean) => log.push(`raw ${isRaw}`),
    ref: () => log.push('ref'),
    unref: () => log.push('unref'),
  });
  const gone: (Error | undefined)[] = [];
  const answers: string[] = [];
  const keyboard = createKeyboard({
    stdin,
    stdout: {write: text => log.push(text)},
    escapeDelay: 150,
    after(milliseconds, callback) {
      const timer = {milliseconds, callback};
      timers.add(timer);
      return () => timers.delete(timer);
    },
    onAnswer: () => answers.push('here'),
    onGone: error => gone.push(error),
  });
  const taken = () => {
    const keys: (string | undefined)[] = [];
    for (let key = keyboard.next(); key; key = keyboard.next()) keys.push(spell(key));
    return keys;
  };
  const send = async (...chunks: readonly (string | Buffer)[]) => {
    for (const chunk of chunks) {
      stdin.write(chunk);
      await turn();
    }
  };
  const expire = () => {
    for (const timer of timers) {
      timers.delete(timer);
      timer.callback();
    }
  };
  return {
    keyboard,
    stdin,
    log,
    gone,
    answers,
    taken,
    send,
    expire,
    waits: () => [...timers].map(timer => timer.milliseconds),
  };
}

test('raw mode and bracketed paste go on once and off once, however often asked', () => {
  const {keyboard, log} = terminal();
  keyboard.stop();
  keyboard.start();
  keyboard.start();
  keyboard.stop();
  keyboard.stop();
  expect(log).toEqual(['raw true', '\x1b[?2004h', 'ref', 'unref', '\x1b[?2004l', 'raw false']);
});

test('what the terminal answers goes to who asked, and is no key', async () => {
  const {keyboard, send, taken, answers} = terminal();
  keyboard.start();
  await send('j\x1b[0n\x1b[', '0nk');
  expect(answers).toEqual(['here', 'here']);
  expect(taken()).toEqual(['j', 'k']);
});

test('keys are read again after a suspension, and what was half read before is forgotten', async () => {
  const {keyboard, send, taken, log, waits} = terminal();
  keyboard.start();
  await send('jj\x1b[');
  keyboard.stop();
  expect(waits()).toEqual([]);
  keyboard.start();
  await send('B');
  expect(taken()).toEqual(['B']);
  expect(log.filter(line => line === 'raw true')).toHaveLength(2);
});

test('raw mode goes on once more without losing a key, and not while stopped', async () => {
  const {keyboard, log, send, taken} = terminal();
  keyboard.start();
  await send('jk');
  log.length = 0;
  keyboard.renew();
  expect(log).toEqual(['raw false', 'raw true', '\x1b[?2004h']);
  expect(taken()).toEqual(['j', 'k']);
  keyboard.stop();
  log.length = 0;
  keyboard.renew();
  expect(log).toEqual([]);
});

test('nothing is read while stopped', async () => {
  const {keyboard, stdin, taken, send} = terminal();
  keyboard.start();
  keyboard.stop();
  await send('q');
  expect(taken()).toEqual([]);
  expect(stdin.isPaused()).toBe(true);
});

test('characters cut between their bytes are whole', async () => {
  const {keyboard, send, taken} = terminal();
  keyboard.start();
  await send(...[...Buffer.from('é日🙂\x1b[B')].map(byte => Buffer.of(byte)));
  expect(taken()).toEqual(['é', '日', '🙂', 'down']);
});

test('an arrow in two packets is an arrow', async () => {
  const {keyboard, send, taken, waits} = terminal();
  keyboard.start();
  await send('\x1b');
  expect(waits()).toEqual([150]);
  await send('[B');
  expect(taken()).toEqual(['down']);
  expect(waits()).toEqual([]);
});

test('a lone ESC becomes Escape when its time is up', async () => {
  const {keyboard, send, taken, expire} = terminal();
  keyboard.start();
  await send('\x1b');
  expect(taken()).toEqual([]);
  expire();
  await turn();
  expect(taken()).toEqual(['escape']);
});

test('the rest of an arrow that arrived during a slow frame still counts', async () => {
  const {keyboard, stdin, taken, expire} = terminal();
  keyboard.start();
  stdin.write('\x1b');
  await turn();
  expire();
  stdin.emit('data', Buffer.from('[B'));
  await turn();
  expect(taken()).toEqual(['down']);
});

test('whoever listens is told that keys have come', async () => {
  const {keyboard, send} = terminal();
  let calls = 0;
  const stopListening = keyboard.onKeys(() => calls++);
  keyboard.start();
  await send('jj');
  stopListening();
  await send('j');
  expect(calls).toBe(1);
});

test('keys typed ahead can be dropped', async () => {
  const {keyboard, send, taken} = terminal();
  keyboard.start();
  await send('jj');
  keyboard.discard();
  expect(taken()).toEqual([]);
});

test('Ctrl+C comes before what was typed ahead of it, as in a terminal that is not raw', async () => {
  const {keyboard, send, taken} = terminal();
  keyboard.start();
  await send('jjj', '\x03', 'k');
  expect(taken()).toEqual(['ctrl-c', 'k']);
});

test('a dropped line is reported once, and a later failure disturbs no one', async () => {
  const {keyboard, stdin, gone} = terminal();
  keyboard.start();
  stdin.end();
  await turn();
  keyboard.stop();
  stdin.emit('error', new Error('EIO'));
  expect(gone).toEqual([undefined]);
});
