import {daysIn, isoOf} from '../../usage/days.ts';
import {counted} from '../../view/counted.ts';
import {type Filter, filterLabel} from '../../view/filter.ts';
import {periodLabel} from '../../view/periods.ts';
import {printableName} from '../../view/printable.ts';
import {fitText, widthOf} from '../../view/width.ts';
import {bodyHeight} from '../layout.ts';
import {some} from '../sentences.ts';
import type {Glyphs} from '../theme.ts';
import {filtersForHours} from './changes-filters.ts';
import {isOnDaysLeft} from './changes-shape.ts';
import type {ResultsState} from './results.ts';
import {messageLines} from './room.ts';
import type {Sight} from './step.ts';
import {taskLine} from './tasks.ts';

type Note = {readonly text: string; readonly tone: 'accent' | 'warning'};

/** Below this the lines need the room more than what is to be said of them. */
const ROWS_FOR_NOTES = 12;

const LONGEST_NAME = 32;

/** Lines for groups, days or hours: what notes, heading, total, position and message leave over. */
export function changesHeight(results: ResultsState, sight: Sight): number {
  return Math.max(1, linesBeside(sight) - notesOf(results, sight).length);
}

/** What heading, total, position and message leave over. */
function linesBeside({size, message}: Pick<Sight, 'size' | 'message'>): number {
  return bodyHeight(size) - 3 - messageLines(message, size).length;
}

/** What is to be known about the figures, above them. */
export function notesOf(results: ResultsState, {size, glyphs, message}: Sight): readonly Note[] {
  const task = taskLine(results);
  const notes = [
    ...(task === undefined ? [] : [{text: task, tone: 'accent'} as const]),
    ...vanishedNotes(results, glyphs),
    ...filterNotes(results, glyphs),
    ...figureNotes(results),
  ];
  const most = size.rows < ROWS_FOR_NOTES ? 1 : notes.length;
  return notes.slice(0, Math.max(0, Math.min(most, linesBeside({size, message}) - 1)));
}

function vanishedNotes({changes: {vanished, figures}}: ResultsState, glyphs: Glyphs): readonly Note[] {
  if (vanished === undefined || !figures) return [];
  return [warning(`No ${figures.groups.metric.label} of ${shortName(vanished, glyphs)}: back to the list.`)];
}

/** Not the line above the table: no key undoes a filter here, and the rows counted there are those of one period. */
function filterNotes({filters, outcome, changes}: ResultsState, {separator}: Glyphs): readonly Note[] {
  const isHours = changes.group?.day !== undefined;
  const periods = changes.figures?.groups.sides.split ?? {kept: filters, left: []};
  const hours = isHours ? filtersForHours(periods.kept, outcome.dataset) : undefined;
  const {kept} = hours ?? periods;
  const left = filters.filter(filter => !kept.includes(filter));
  const list = (some: readonly Filter[]) => some.map(filterLabel).join(` ${separator} `);
  return [
    ...(kept.length === 0 ? [] : [{text: `filter: ${list(kept)}`, tone: 'accent'} as const]),
    ...(left.length === 0
      ? []
      : [warning(`not filtered by what ${isHours ? 'hours lack' : 'only one period has'}: ${list(left)}`)]),
  ];
}

function figureNotes({changes, comparison}: ResultsState): readonly Note[] {
  const {figures, group} = changes;
  if (!group?.day) {
    const leftOut = comparison?.state === 'ready' ? comparison.leftOut : [];
    return leftOut.length === 0 ? [] : [warning(`Not compared, since days are missing: ${some(leftOut)}`)];
  }
  const hours = figures?.hours?.hours;
  const gaps = hours ? (group.day.outcome?.gaps ?? []) : [];
  return [
    ...(hours?.isInstead ? [warning(`Costs have no hours: ${hours.metric.label} instead.`)] : []),
    ...(gaps.length > 0 ? [warning(`Hours are missing: ${some(gaps.map(({endpoint}) => endpoint))}`)] : []),
  ];
}

function warning(text: string): Note {
  return {text, tone: 'warning'};
}

function shortName(name: string, {ellipsis}: Glyphs): string {
  const text = printableName(name);
  return widthOf(text) > LONGEST_NAME ? fitText(text, LONGEST_NAME, 'left', ellipsis).trimEnd() : text;
}

/** `What changed · cost by key · 2026-10-01 → 10-31 against 2026-09-01 → 09-30`, or less of it where width is short. */
export function changesTitle({changes, comparison}: ResultsState, width: number, glyphs: Glyphs): string {
  const dot = ` ${glyphs.separator} `;
  const name = 'What changed';
  const {figures, group} = changes;
  const periods = comparison && comparison.state !== 'none' ? comparison.periods : undefined;
  if (!periods) return name;
  const {now, before} = periods;
  const isOneYear = isoOf(now.first).slice(0, 4) === isoOf(before.first).slice(0, 4);
  const long = `${periodLabel(now, glyphs.to)} against ${periodLabel(before, glyphs.to)}`;
  const against = `against ${periodLabel(before, glyphs.to)}`;
  const short = `${periodLabel(now, glyphs.to)} against ${periodLabel(before, glyphs.to).slice(isOneYear ? 5 : 0)}`;
  if (!figures) return [name, long].join(dot);
  const {metric} = figures.groups;
  const dimension = printableName(figures.groups.dimension.label);
  const open = figures.days?.group;
  const shown = open && shortName(open.label, glyphs);
  const asked = (what: string) =>
    shown === undefined ? `${what} by ${dimension}` : `${what} of ${dimension} ${shown}`;
  const what = asked(figures.hours?.hours?.metric.label ?? metric.label);
  const day = group?.day && isoOf(group.day.day);
  const candidates = day
    ? [[name, what, day], [what, day], [what]]
    : [
        [name, what, long],
        [name, what, short],
        [name, what, against],
        [what, short],
        [what, periodLabel(now, glyphs.to)],
        [what],
      ];
  return candidates.map(parts => parts.join(dot)).find(line => widthOf(line) <= width) ?? what;
}

/** `group 3 of 24 · 7.4 % of the change`: which line the cursor is on, and what else is to be known of it. */
export function changesPosition({changes, comparison}: ResultsState, cursor: number, glyphs: Glyphs): string {
  const {figures, group} = changes;
  const dot = ` ${glyphs.separator} `;
  const at = (what: string, count: number, more: string | undefined) =>
    `${what} ${count === 0 ? 0 : cursor + 1} of ${count}${more ? dot + more : ''}`;
  if (group?.day) return at('hour', figures?.hours?.table?.lines.length ?? 0, isoOf(group.day.day));
  if (group) {
    const {days = [], left} = figures?.days ?? {};
    if (left && isOnDaysLeft(changes, cursor))
      return `${counted(daysIn(left.range), 'day')} before that no day stands against`;
    const before = comparison?.state === 'ready' ? comparison.periods.before : undefined;
    const counterpart = before && before.first + cursor <= before.last ? isoOf(before.first + cursor) : undefined;
    return at('day', days.length, counterpart ? `against ${counterpart}` : 'no day to stand against');
  }
  if (!figures) return at('group', 0, undefined);
  const {changes: all, metric} = figures.groups;
  const part = (all.changes[cursor]?.change ?? Number.NaN) / all.total.change;
  // Changes of shares do not add up to the change of the whole.
  const isPart = metric.kind !== 'share' && part > 0 && part <= 1;
  return at('group', all.changes.length, isPart ? `${Math.round(part * 100)} % of the change` : undefined);
}
