import {useLayoutEffect, useState} from 'react';
import type {Event, State} from '../state/shape.ts';
import type {Task} from '../state/tasks.ts';
import {createTaskRunner} from '../task-runner.ts';
import type {WorkOptions} from './use-work.ts';

const none: readonly Task[] = [];

/** Does the tasks that the state holds, and tells how far they are and what came of them. */
export function useTasks(
  {results}: State,
  dispatch: (event: Event) => void,
  {now, track}: Pick<WorkOptions, 'now' | 'track'>,
): void {
  const [runner] = useState(() =>
    createTaskRunner({
      now,
      soon(turn) {
        setImmediate(() => {
          try {
            turn();
          } catch (error) {
            track(Promise.reject(error));
          }
        });
      },
      onProgress: (work, done) => dispatch({kind: 'working', work, done}),
      onDone: (work, apply) => dispatch({kind: 'worked', work, apply, now: now()}),
    }),
  );
  const tasks = results?.tasks ?? none;
  useLayoutEffect(() => runner.want(tasks), [runner, tasks]);
  useLayoutEffect(() => () => runner.want(none), [runner]);
}
