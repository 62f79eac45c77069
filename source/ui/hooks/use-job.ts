import {useEffectEvent, useLayoutEffect, useRef} from 'react';

/** A piece of work that the state asks for. It begins when its `id` appears and is aborted when that goes. */
export type Job = {readonly id: number; readonly isStopping: boolean};

/**
 * Does the work that the state asks for. The signal is aborted when the job is stopping (its answer still counts) and
 * when it is gone (its answer comes too late: the reducer drops it). `track` is told of the promise, so that nobody
 * leaves before what arrived is kept.
 */
export function useJob<Asked extends Job>(
  job: Asked | undefined,
  run: (job: Asked, signal: AbortSignal) => Promise<void>,
  track: (work: Promise<void>) => void,
): void {
  const controller = useRef<AbortController>(undefined);
  const id = job?.id;
  const isStopping = job?.isStopping ?? false;
  const begin = useEffectEvent((signal: AbortSignal) => {
    if (job) track(run(job, signal));
  });

  useLayoutEffect(() => {
    if (id === undefined) return;
    const own = new AbortController();
    controller.current = own;
    begin(own.signal);
    return () => own.abort();
  }, [id]);

  useLayoutEffect(() => {
    if (isStopping) controller.current?.abort();
  }, [isStopping]);
}
