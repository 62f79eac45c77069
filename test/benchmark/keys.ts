import process from 'node:process';
import {isoOf} from '../../source/usage/days.ts';
import {type Large, SCALE} from './large.ts';
import {mean} from './statistics.ts';
import type {Line, Section} from './table.ts';
import {bytesOf, type Size, Terminal, whyNoTerminal} from './terminal.ts';
import {startVisidata, VISIDATA_KEYS, whyNoVisidata} from './visidata.ts';
import type {Workshop} from './workshop.ts';
import type {Programs} from './year.ts';

export type Move = 'down' | 'down at the edge' | 'page down' | 'right' | 'sort';

/** What is typed for a move: first where it begins, then the key itself, or two in turn. */
export type Keys = {readonly start: string; readonly press: readonly string[]};

export type KeysOf = (size: Size, columns: number) => Readonly<Record<Move, Keys>>;

/** One press: milliseconds to the last byte of what it changed, NaN where nothing came, and the bytes. */
type Press = {readonly milliseconds: number; readonly bytes: number};

const moves: readonly Move[] = ['down', 'down at the edge', 'page down', 'right', 'sort'];

/** How often a key is pressed, and for how long nothing must come until what it changed counts as finished. */
type Patience = {readonly presses: number; readonly quiet: number; readonly sorts: number; readonly sortQuiet: number};

/** Who sorts a million rows may say so first, and be silent until it is done. */
const forUs: Patience = {presses: 40, quiet: 150, sorts: 40, sortQuiet: 300};

/**
 * VisiData's keys differ little from press to press. For a second after every key it sends 18
 * bytes each 105 ms, which are no part of what the key changed. Where it sorts it may be silent for longer than that, and
 * so they count: 200 bytes of 4,500.
 */
const forVisidata: Patience = {presses: 20, quiet: 60, sorts: 5, sortQuiet: 1000};

const TO_THE_LEFT = 'h';

const OUR_KEYS: KeysOf = ({rows}, columns) => {
  const left = TO_THE_LEFT.repeat(columns);
  return {
    down: {start: `g${left}`, press: ['j']},
    'down at the edge': {start: `g${'j'.repeat(rows)}`, press: ['j']},
    'page down': {start: 'g', press: ['\x1b[6~']},
    right: {start: `g${left}`, press: ['l']},
    sort: {start: `g${left}ll`, press: ['s']},
  };
};

/** Key by key in a real terminal, over the year of a million rows; beside it VisiData, over the first of them. */
export async function measureKeys(
  workshop: Workshop,
  {cli}: Programs,
  {home, range, columns, head}: Large,
  size: Size,
): Promise<Section> {
  const title = `A key, ${size.columns}x${size.rows}, a million rows`;
  const lack = whyNoTerminal();
  if (lack !== undefined) return {title, lines: [{what: 'key to finished frame', unit: 'ms', runs: [], note: lack}]};

  const days = ['--start', isoOf(range.first), '--end', isoOf(range.last), '--no-compare'];
  const argv = [process.execPath, cli, '--demo', '--scale', String(SCALE), ...days];
  const ours = await Terminal.start(workshop, argv, {folder: home, ...size});
  ours.type('\r\r');
  await ours.until('row 1 of');
  await ours.settle(1000, 2000);
  const idle = bytesOf(await ours.listen(5000)) / 5;
  const pressed = await pressAll(ours, OUR_KEYS(size, columns), size, forUs);
  await ours.end();

  const theirs = await pressVisidata(workshop, head, size, columns);

  const most = process.version.startsWith('v20.') ? 35 : 20;
  const lines = moves.flatMap(move => linesOf(move, pressed.get(move) ?? [], theirs.pressed.get(move), {size, most}));
  const ratios = moves.flatMap(move => {
    const other = theirs.pressed.get(move);
    return other === undefined ? [] : [meanBytes(pressed.get(move) ?? []) / meanBytes(other)];
  });
  return {
    title,
    lines: [
      ...lines,
      {
        what: 'bytes, average of the ratios to VisiData',
        unit: '×',
        statistic: 'mean',
        runs: ratios,
        reach: {bound: 'at most', value: 0.5},
        note: theirs.lack ?? `VisiData shows the first ${head.rows.toLocaleString('en-US')} rows`,
      },
      {what: 'idle', unit: 'B/s', runs: [idle], reach: {bound: 'at most', value: 0}, note: '5 s'},
    ],
  };
}

async function pressVisidata(
  workshop: Workshop,
  head: Large['head'],
  size: Size,
  columns: number,
): Promise<{readonly pressed: ReadonlyMap<Move, readonly Press[]>; readonly lack?: string}> {
  const lack = whyNoVisidata();
  if (lack !== undefined) return {pressed: new Map(), lack};
  const visidata = await startVisidata(workshop, head, size);
  const pressed = await pressAll(visidata, VISIDATA_KEYS(size, columns), size, forVisidata);
  await visidata.end();
  return {pressed};
}

function linesOf(
  move: Move,
  pressed: readonly Press[],
  theirs: readonly Press[] | undefined,
  {size, most}: {readonly size: Size; readonly most: number},
): readonly Line[] {
  const times = timesOf(pressed);
  const still = pressed.length - times.length;
  // Sorting has a figure of its own.
  const isFrame = size.columns === 200 && move !== 'sort';
  const baseline = theirs && move !== 'sort' ? {what: 'VisiData', runs: timesOf(theirs)} : undefined;
  return [
    {
      what: move,
      unit: 'ms',
      runs: times,
      ...(baseline && {baseline}),
      ...(still > 0 && {note: `${still} presses changed nothing`}),
    },
    {
      what: '  p95',
      unit: 'ms',
      statistic: 'p95',
      runs: times,
      ...(baseline && {baseline}),
      ...(isFrame && {reach: {bound: 'at most', value: most}}),
    },
    {
      // Of keys that scroll now and then the median tells little.
      what: '  bytes, mean',
      unit: 'B',
      statistic: 'mean',
      runs: pressed.map(({bytes}) => bytes),
      ...(theirs && {
        reach: {bound: 'less than', value: meanBytes(theirs)},
        baseline: {what: 'VisiData', runs: theirs.map(({bytes}) => bytes)},
      }),
    },
  ];
}

async function pressAll(
  terminal: Terminal,
  keys: Readonly<Record<Move, Keys>>,
  {rows}: Size,
  {presses, quiet, sorts, sortQuiet}: Patience,
): Promise<Map<Move, readonly Press[]>> {
  const pressed = new Map<Move, readonly Press[]>();
  for (const move of moves) {
    const {start, press} = keys[move];
    const times = move === 'sort' ? sorts : presses;
    // Down stays on the screen (header, footer and sums are no rows), right goes no further than there are columns.
    const round = move === 'down' ? rows - 12 : move === 'right' ? 20 : times;
    const some: Press[] = [];
    while (some.length < times) {
      if (some.length % round === 0) {
        terminal.type(start);
        await terminal.settle(500, 1000);
      }
      some.push(
        await pressOnce(terminal, press[some.length % press.length] ?? '', move === 'sort' ? sortQuiet : quiet),
      );
    }
    pressed.set(move, some);
  }
  return pressed;
}

async function pressOnce(terminal: Terminal, key: string, quiet: number): Promise<Press> {
  const typed = performance.now();
  terminal.type(key);
  const arrivals = await terminal.settle(quiet, 5000);
  return {milliseconds: (arrivals.at(-1)?.at ?? Number.NaN) - typed, bytes: bytesOf(arrivals)};
}

/** Of the presses that changed something. */
function timesOf(pressed: readonly Press[]): number[] {
  return pressed.map(({milliseconds}) => milliseconds).filter(time => !Number.isNaN(time));
}

function meanBytes(pressed: readonly Press[]): number {
  return mean(pressed.map(({bytes}) => bytes));
}
