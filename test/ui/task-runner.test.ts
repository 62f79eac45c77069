import {describe, expect, test} from 'vitest';
import type {Apply, Task} from '../../source/ui/state/tasks.ts';
import {createTaskRunner} from '../../source/ui/task-runner.ts';
import type {Work} from '../../source/view/work.ts';

const apply: Apply = results => ({results});

/** A runner whose turns are taken by hand, on a clock that its work moves. */
function aRunner() {
  let time = 1_000_000;
  const turns: (() => void)[] = [];
  const events: string[] = [];
  const names = new Map<Task['work'], string>();
  /** A task of so many parts, each of which takes so long. */
  const aTask = (name: string, parts: number, milliseconds: number): Task => {
    const work = function* (): Work<Apply> {
      for (let part = 1; part <= parts; part++) {
        time += milliseconds;
        events.push(name);
        yield {done: part / parts, rows: 1};
      }
      return apply;
    };
    names.set(work, name);
    return {of: 'view', label: name, wish: [name], work, done: undefined, isStopped: false};
  };
  const runner = createTaskRunner({
    now: () => time,
    soon: turn => turns.push(turn),
    onProgress: (work, done) => events.push(`${names.get(work)} ${Math.round(done * 100)} %`),
    onDone: work => events.push(`${names.get(work)} done`),
  });
  return {
    ...runner,
    aTask,
    events,
    /** What happened in the next turn, if there is one. */
    turn(): readonly string[] | undefined {
      events.length = 0;
      const next = turns.shift();
      next?.();
      return next && [...events];
    },
  };
}

describe('the runner of tasks', () => {
  test('goes on for some milliseconds at a time, and lets others have their turn between', () => {
    const {want, aTask, turn} = aRunner();
    want([aTask('sort', 5, 3)]);
    expect(turn()).toEqual(['sort', 'sort', 'sort']);
    expect(turn()).toEqual(['sort', 'sort', 'sort done']);
    expect(turn()).toBeUndefined();
  });

  test('does what presses most first, and then goes on where it was', () => {
    const {want, aTask, turn} = aRunner();
    const footer = aTask('footer', 2, 10);
    const sort = aTask('sort', 1, 10);
    want([footer]);
    expect(turn()).toEqual(['footer']);
    want([sort, footer]);
    expect(turn()).toEqual(['sort']);
    expect(turn()).toEqual(['sort done']);
    expect(turn()).toEqual(['footer']);
    expect(turn()).toEqual(['footer done']);
  });

  test('drops what nobody wants any more, also what was stopped', () => {
    const {want, aTask, turn} = aRunner();
    const sort = aTask('sort', 9, 10);
    want([sort]);
    turn();
    want([{...sort, isStopped: true}]);
    expect(turn()).toEqual([]);
    expect(turn()).toBeUndefined();
    want([aTask('filter', 1, 1)]);
    expect(turn()).toEqual(['filter', 'filter done']);
  });

  test('tells how far it is once half a second has gone by, and then every tenth of one', () => {
    const {want, aTask, turn} = aRunner();
    want([aTask('sort', 20, 60)]);
    const told: string[] = [];
    for (let events = turn(); events; events = turn()) told.push(...events.filter(event => event !== 'sort'));
    expect(told).toEqual(['sort 45 %', 'sort 55 %', 'sort 65 %', 'sort 75 %', 'sort 85 %', 'sort 95 %', 'sort done']);
  });

  test('tells nothing of what takes less', () => {
    const {want, aTask, turn} = aRunner();
    want([aTask('sort', 8, 60)]);
    const told: string[] = [];
    for (let events = turn(); events; events = turn()) told.push(...events.filter(event => event !== 'sort'));
    expect(told).toEqual(['sort done']);
  });
});
