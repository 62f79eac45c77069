import {readdirSync, readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {takePictures} from '../.pictures/take.js';
import {hasPty} from './terminal/pty.ts';

const folder = new URL('../.pictures/', import.meta.url);

const drawn = new Map(
  readdirSync(folder)
    .filter(name => name.endsWith('.svg'))
    .map(name => [name, readFileSync(new URL(name, folder), 'utf8')] as const),
);

test.skipIf(!hasPty)(
  'the README’s pictures are those that the program shows today; if it is meant to show something else: npm run pictures',
  async () => {
    const taken = await takePictures();
    expect([...taken.keys()].sort()).toEqual([...drawn.keys()].sort());
    for (const [name, svg] of taken) expect(svg.split('\n'), name).toEqual(drawn.get(name)?.split('\n'));
  },
  90_000,
);

test('the pictures are small, say what they show, and take nothing from elsewhere', () => {
  expect(drawn.size).toBeGreaterThan(5);
  for (const [name, svg] of drawn) {
    expect(svg.length, name).toBeLessThan(60_000);
    expect(svg, name).toMatch(/<title id="t">.+<\/title>\n<desc id="d">.+<\/desc>/);
    expect(svg.replace('http://www.w3.org/2000/svg', ''), name).not.toMatch(
      /href|url\(|@import|https?:|<script|<image/,
    );
  }
});
