import type {Apply, Task} from './state/tasks.ts';

type RunnerOptions = {
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Calls back when the loop has looked after everything else: keys, timers, frames. */
  readonly soon: (turn: () => void) => void;
  readonly onProgress: (work: Task['work'], done: number) => void;
  readonly onDone: (work: Task['work'], apply: Apply) => void;
};

/** Does tasks in slices, one after another, so that a key is answered between two of them. */
export type TaskRunner = {
  /** From now on these are wanted, the most pressing first, and no others: what is no longer wanted is dropped. */
  readonly want: (tasks: readonly Task[]) => void;
};

/** Milliseconds: half of a frame, so that a key which comes right after its start is still answered within one. */
const SLICE = 8;

/** Milliseconds: what takes less needs no progress, and nobody reads it more often. */
const WORTH_TELLING = 500;
const BETWEEN_TELLING = 100;

type Run = {readonly steps: ReturnType<Task['work']>; readonly startedAt: number; toldAt: number | undefined};

export function createTaskRunner({now, soon, onProgress, onDone}: RunnerOptions): TaskRunner {
  let wanted: readonly Task[] = [];
  let isDue = false;
  const runs = new Map<Task['work'], Run>();

  function schedule(): void {
    if (isDue || wanted.length === 0) return;
    isDue = true;
    soon(() => {
      isDue = false;
      slice();
      schedule();
    });
  }

  function slice(): void {
    const [task] = wanted;
    if (!task) return;
    const run = runs.get(task.work) ?? {steps: task.work(), startedAt: now(), toldAt: undefined};
    runs.set(task.work, run);
    const end = now() + SLICE;
    let step = run.steps.next();
    while (!step.done && now() < end) step = run.steps.next();
    if (step.done) {
      runs.delete(task.work);
      wanted = wanted.slice(1);
      onDone(task.work, step.value);
    } else if (now() - (run.toldAt ?? run.startedAt) >= (run.toldAt === undefined ? WORTH_TELLING : BETWEEN_TELLING)) {
      run.toldAt = now();
      onProgress(task.work, step.value.done);
    }
  }

  return {
    want(tasks) {
      wanted = tasks.filter(({isStopped}) => !isStopped);
      for (const work of runs.keys()) if (!wanted.some(task => task.work === work)) runs.delete(work);
      schedule();
    },
  };
}
