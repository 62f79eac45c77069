import {describe, expect, test} from 'vitest';
import {footerFor, helpFor} from '../../source/ui/key-labels.ts';
import {actionFor, boundKeys, KEY_MAP, type Screen} from '../../source/ui/keymap.ts';
import {decode, nothingUnread} from '../../source/ui/keys.ts';
import type {Key} from '../../source/ui/sequences.ts';
import {asciiGlyphs} from '../../source/ui/theme.ts';

const screens = [...new Set(boundKeys().map(({screen}) => screen))];

const press = (typed: string): Key => {
  const [key] = decode(nothingUnread, typed).keys;
  if (!key) throw new Error(`${JSON.stringify(typed)} is no key`);
  return key;
};

describe('what keys mean', () => {
  test.each<[Screen, string, string]>([
    ['key', '\r', 'accept'],
    ['dates', 'j', 'down'],
    ['dates', '\x1b[A', 'up'],
    ['dates', '\t', 'nextField'],
    ['dates', '\x1b[Z', 'previousField'],
    ['endpoints', ' ', 'toggle'],
    ['endpoints', 'a', 'toggleAll'],
    ['endpoints', 'G', 'last'],
    ['fetch', 't', 'errors'],
    ['fetched', 'r', 'retry'],
    ['fetched', '\r', 'showArrived'],
    ['fetched', 'd', 'dates'],
    ['results', 'r', 'refetch'],
    ['results', 'l', 'right'],
    ['results', '\x1b[6~', 'pageDown'],
    ['results', '.', 'nextDay'],
    ['results', '\x1b[H', 'first'],
    ['results', 'e', 'export'],
    ['results', 'c', 'clearCache'],
    ['confirm', 'y', 'confirm'],
    ['help', 'q', 'back'],
    ['field', '\r', 'accept'],
    ['field', '\x01', 'edit'],
  ])('on %s %j is %s', (screen, typed, action) => {
    expect(actionFor(screen, press(typed))).toBe(action);
  });

  test('Ctrl+C, Ctrl+Z and Ctrl+L work everywhere', () => {
    for (const screen of screens) {
      expect(['\x03', '\x1a', '\x0c'].map(key => actionFor(screen, press(key)))).toEqual(['quit', 'suspend', 'redraw']);
    }
  });

  test('only y confirms', () => {
    const confirming = boundKeys().filter(({action}) => action === 'confirm');
    expect(confirming).toEqual([{screen: 'confirm', key: 'y', action: 'confirm'}]);
    for (const other of ['Y', '\r', ' ', 'q', '\x19']) expect(actionFor('confirm', press(other))).toBeUndefined();
  });

  test('in a field letters are typed, not obeyed', () => {
    for (const letter of 'qjkgGercdt?,. ') expect(actionFor('field', press(letter))).toBeUndefined();
  });

  test('a key with a modifier is another key', () => {
    expect(actionFor('results', press('\x1b[1;5C'))).toBeUndefined();
    expect(actionFor('results', press('\x1b[1;2B'))).toBeUndefined();
    expect(actionFor('results', press('J'))).toBeUndefined();
  });

  test('a paste is no command', () => {
    expect(actionFor('results', {name: 'paste', text: 'q'})).toBeUndefined();
  });
});

describe('the table', () => {
  test('binds no key twice on a screen', () => {
    const pairs = boundKeys().map(({screen, key}) => `${screen} ${key}`);
    expect(pairs).toEqual([...new Set(pairs)]);
  });

  test('binds nothing that is missing or awkward on some keyboards', () => {
    for (const {screen, key} of boundKeys()) {
      expect(key).not.toMatch(/^(?:alt-|f\d|[[\]{}|\\@~<>]$)|^ctrl-[sqb]$/);
      if (!/field$/i.test(screen)) expect(key).not.toBe('ctrl-a');
    }
  });
});

describe('the footer', () => {
  test('names what matters, on 80 columns', () => {
    expect(footerFor('results', 80)).toBe(
      '/ search  f filter  s sort  Tab summary  e export  x changes  ? help  q quit',
    );
    expect(footerFor('summary', 80)).toBe('Enter its rows  → dimension  m metric  o pivot  Tab rows  ? help  q quit');
    expect(footerFor('details', 80)).toBe('→ next row  y copy  Esc back  ? help');
    expect(footerFor('endpoints', 80)).toBe('Enter fetch  Space check  a all or none  Esc back  ? help  q quit');
    expect(footerFor('fetch', 80)).toBe('Esc stop  t errors  ? help  q quit');
    expect(footerFor('fetched', 80)).toBe('Enter show rows  r retry  d dates  t errors  Esc back  ? help  q quit');
    expect(footerFor('field', 80)).toBe('Enter accept  Esc leave');
    expect(footerFor('dateField', 80)).toBe('Enter accept  Esc leave  Tab field');
    expect(footerFor('confirm', 80)).toBe('y yes  n no');
    expect(footerFor('working', 80)).toBe('Esc stop');
    expect(footerFor('ending', 80)).toBe('');
  });

  test('is never wider than it may be', () => {
    for (const screen of screens) {
      for (let width = 0; width < 100; width++) expect(footerFor(screen, width).length).toBeLessThanOrEqual(width);
    }
  });

  test('keeps help and quit longest', () => {
    expect(footerFor('results', 26)).toBe('/ search  ? help  q quit');
    expect(footerFor('results', 14)).toBe('? help  q quit');
    expect(footerFor('results', 8)).toBe('q quit');
    expect(footerFor('results', 3)).toBe('');
  });
});

describe('the help', () => {
  test('has every key of every screen that can be reached', () => {
    const shown = helpFor().flatMap(({title, entries}) => entries.map(({keys, help}) => `${title}: ${keys} ${help}`));
    expect(shown).toContain('Moving: G End To the bottom');
    expect(shown).toContain('Moving: ↑ k Up');
    expect(shown).toContain('Results: find: n Next match');
    expect(shown).toContain('Endpoints: Space Check or uncheck');
    expect(shown).toContain('Fields: Home Ctrl+A To the beginning');
    expect(shown).toContain('Everywhere: q Ctrl+C Quit');
    expect(shown).toContain('Everywhere: Ctrl+Z Suspend');
  });

  test('leaves no key of the key map out', () => {
    const shown = new Set(helpFor().flatMap(({entries}) => entries.map(({help}) => help)));
    for (const {help} of KEY_MAP) expect(shown).toContain(help);
  });

  test('begins with the screen it was called from, then says what works everywhere', () => {
    const titles = (from: Screen) => helpFor(undefined, from).map(({title}) => title);
    expect(titles('fetched').slice(0, 4)).toEqual(['Fetch', 'Moving', 'Everywhere', 'Admin key']);
    expect(titles('results').slice(0, 7)).toEqual([
      'Results: find',
      'Results: look',
      'Results: take away',
      'Results: data',
      'Results',
      'Moving',
      'Everywhere',
    ]);
  });

  test('says once what means the same on many screens', () => {
    const shown = helpFor().flatMap(({entries}) => entries.map(({help}) => help));
    for (const help of ['Up', 'Page down', 'To the top', 'This help', 'Quit']) {
      expect(shown.filter(each => each === help)).toHaveLength(1);
    }
  });

  test('is plain ASCII where the terminal is', () => {
    expect(JSON.stringify(helpFor(asciiGlyphs))).toMatch(/^[ -~]*$/);
  });
});
