import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {createWriteStream} from 'node:fs';
import {PassThrough, Writable} from 'node:stream';
import {describe, expect, test} from 'vitest';
import {SaveError} from '../../source/export/save-error.ts';
import {streamTo} from '../../source/export/stream.ts';

function* lines(count: number) {
  for (let line = 0; line < count; line++) yield `${'x'.repeat(10_000)}\n`;
}

describe('streaming', () => {
  test('writes everything and leaves the stream open', async () => {
    const stream = new PassThrough();
    expect(await streamTo(stream, ['a', 'b'])).toBe('complete');
    expect(stream.writableEnded).toBe(false);
    expect(String(stream.read())).toBe('ab');
  });

  test('gives the stream bytes of its own, since those of a chunk are soon overwritten', async () => {
    const stream = new PassThrough();
    const bytes = new Uint8Array(1);
    function* chunks() {
      for (const letter of 'abc') yield bytes.fill(letter.charCodeAt(0));
    }
    await streamTo(stream, chunks());
    expect(String(stream.read())).toBe('abc');
  });

  test('asks for a chunk only when the one before is through', async () => {
    let pending = 0;
    let mostPending = 0;
    const slow = new Writable({
      write(_chunk, _encoding, done) {
        setImmediate(() => {
          pending--;
          done();
        });
      },
    });
    function* chunks() {
      for (let chunk = 0; chunk < 20; chunk++) {
        mostPending = Math.max(mostPending, ++pending);
        yield 'a';
      }
    }
    await streamTo(slow, chunks());
    expect(mostPending).toBe(1);
  });

  test('lets a key be heard between two chunks, also of a stream that is never full', async () => {
    const order: string[] = [];
    function* chunks() {
      setImmediate(() => order.push('key'));
      yield 'a';
      order.push('second chunk');
      yield 'b';
    }
    await streamTo(new PassThrough(), chunks());
    expect(order).toEqual(['key', 'second chunk']);
  });

  test('ends quietly when the reader of a pipe goes away', async () => {
    const reader = spawn('head', ['-c', '1'], {stdio: ['pipe', 'ignore', 'inherit']});
    // Listened for from the start: the reader may be gone before the writer has noticed.
    const gone = once(reader, 'close');
    expect(await streamTo(reader.stdin, lines(10_000))).toBe('closed');
    await gone;
  });

  test('ends quietly on a stream that is gone already', async () => {
    const stream = new PassThrough();
    stream.destroy();
    expect(await streamTo(stream, ['a'])).toBe('closed');
  });

  test('says in a sentence what else went wrong', async () => {
    const error = await streamTo(createWriteStream('/dev/full'), ['a']).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SaveError);
    expect(error).toMatchObject({
      reason: 'full',
      message: expect.stringContaining('to standard output: the disk is full'),
    });
  });

  test('stops at the signal even while the reader stands still', async () => {
    const controller = new AbortController();
    const stuck = new Writable({
      write() {
        controller.abort(new Error('enough'));
      },
    });
    await expect(streamTo(stuck, ['a', 'b'], {signal: controller.signal})).rejects.toThrow('enough');
  });
});
