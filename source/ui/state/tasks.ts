import {attempt, type Work} from '../../view/work.ts';
import type {Aim, ResultsState} from './results.ts';
import type {Step} from './step.ts';

/** What comes of a task, for the results as they are by then: somebody may have moved on meanwhile. */
export type Apply = (results: ResultsState) => Step;

/**
 * Work that takes longer than a key may. `view` makes other rows or finds a cell in them, `outcome` puts newer rows in
 * place of older ones, `place` works out what the screen in sight shows, `footer` what a column comes to, `comparison`
 * what changed since the period before: of each there is one at most, and the first of them goes first.
 */
export type Task = {
  readonly of: (typeof SLOTS)[number];
  /** What the screen calls it, once it takes long: `Sorting`. */
  readonly label: string;
  /** What is asked, by parts that are the same as long as the answer would be. */
  readonly wish: readonly unknown[];
  /** The view that it makes, if it makes one. */
  readonly aim?: Aim;
  /** With its rows more changes than filters and order: one goes to another screen, or back. */
  readonly isArriving?: boolean;
  /** The first call goes on with what the key began, each other begins anew. The function is the task's identity. */
  readonly work: () => Work<Apply>;
  /** 0 to 1; undefined while it is not worth telling. */
  readonly done: number | undefined;
  /** Somebody stopped it: it is not begun again as long as the same is asked. */
  readonly isStopped: boolean;
};

const SLOTS = ['view', 'outcome', 'place', 'footer', 'comparison'] as const;

/** What is asked: a task before it is one. */
export type Wish = Pick<Task, 'of' | 'label' | 'wish' | 'aim' | 'isArriving' | 'work'>;

/**
 * The step where its work is short enough to be done at once, else the results with the task: in place of the one of
 * its kind, unless that is for the same. What of it was done before it proved long is not done again.
 */
export function asked(results: ResultsState, wish: Wish): Step {
  const {tasks, mostRows} = results;
  // What is worked out of the rows waits for those that are on their way.
  if (wish.of === 'place' && taskOf(results, 'view')?.aim) return {results};
  const current = taskOf(results, wish.of);
  if (current && isSame(current.wish, wish.wish)) return {results};
  const others = tasks.filter(task => task !== current);
  const begun = wish.work();
  const quick = attempt(begun, mostRows);
  if (quick) return quick.result(others.length === tasks.length ? results : {...results, tasks: others});
  const all = [...others, {...wish, work: goingOn(begun, wish.work), done: undefined, isStopped: false}];
  return {results: {...results, tasks: all.sort((a, b) => SLOTS.indexOf(a.of) - SLOTS.indexOf(b.of))}};
}

function goingOn(begun: Work<Apply>, anew: Task['work']): Task['work'] {
  let next: Work<Apply> | undefined = begun;
  return () => {
    const work = next ?? anew();
    next = undefined;
    return work;
  };
}

export function taskOf({tasks}: Pick<ResultsState, 'tasks'>, of: Task['of']): Task | undefined {
  return tasks.find(task => task.of === of);
}

/** Without the task of that kind; the same results where there is none. */
export function withoutTask(results: ResultsState, of: Task['of']): ResultsState {
  return taskOf(results, of) ? {...results, tasks: results.tasks.filter(task => task.of !== of)} : results;
}

/** The results and what is to be said, when the work is done; undefined where nobody waits for it any more. */
export function worked(results: ResultsState, work: Task['work'], apply: Apply): Step | undefined {
  const task = results.tasks.find(each => each.work === work);
  return task && apply(withoutTask(results, task.of));
}

/** With so much of the task done. */
export function working(results: ResultsState, work: Task['work'], done: number): ResultsState {
  const tasks = results.tasks.map(task => (task.work === work ? {...task, done} : task));
  return {...results, tasks};
}

/**
 * What Esc stops: a view that was asked for is given up; of what a screen waits for, only what it says it waits for.
 * Undefined where nothing is to be stopped.
 */
export function stopped(results: ResultsState): Step | undefined {
  const task = results.tasks.find(
    ({of, isStopped, done}) => of === 'view' || (of === 'place' && !isStopped && done !== undefined),
  );
  if (!task) return undefined;
  const message = {text: `${task.label} stopped.`, tone: 'plain'} as const;
  if (task.of === 'view') return {results: withoutTask(results, 'view'), message};
  return {
    results: {...results, tasks: results.tasks.map(each => (each === task ? {...task, isStopped: true} : each))},
    message,
  };
}

/** `Sorting 40 %; Esc stops` while it takes long. */
export function taskLine({tasks}: Pick<ResultsState, 'tasks'>): string | undefined {
  const task = tasks.find(({of, done}) => done !== undefined && (of === 'view' || of === 'place'));
  if (!task) return undefined;
  if (task.isStopped) return `${task.label} was stopped: what stands here is of before.`;
  return `${task.label} ${Math.floor((task.done ?? 0) * 100)} %; Esc stops`;
}

function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((part, index) => Object.is(part, other[index]));
}
