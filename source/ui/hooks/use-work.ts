import {type RefObject, useEffect, useEffectEvent, useRef} from 'react';
import type {Connection} from '../../usage/connection.ts';
import {inTurns} from '../../usage/turns.ts';
import type {SavedColumns} from '../../view/column-choice.ts';
import {findingExtremes} from '../../view/column-sizes.ts';
import {batchProgress} from '../batch.ts';
import type {ConnectRequest, SaveResult, SessionOptions} from '../contract.ts';
import {sentenceOf} from '../sentences.ts';
import {tableOf} from '../state/exporting.ts';
import {type Fetching, isWhole} from '../state/fetching.ts';
import type {Event, State} from '../state/shape.ts';
import {useJob} from './use-job.ts';
import {useDiscardKeys} from './use-keys.tsx';

export type WorkOptions = Pick<SessionOptions, 'now' | 'save' | 'columnChoice'> & {
  /** The open connection; a new one closes the last. */
  readonly connection: () => Connection | undefined;
  readonly connect: (how: ConnectRequest, signal: AbortSignal) => Promise<Connection>;
  readonly onSaved: (result: SaveResult) => void;
  /** Told of everything under way; a rejection is a bug. */
  readonly track: (work: Promise<void>) => void;
};

/** Does what the state asks for (connect, fetch, save, measure and clear the cache), and tells what came of it. */
export function useWork(
  state: State,
  dispatch: (event: Event) => void,
  typedKey: RefObject<string>,
  {now, save, columnChoice, connection, connect, onSaved, track}: WorkOptions,
): void {
  const discardKeys = useDiscardKeys();
  const {fetching, results, key} = state;
  const prompt = results?.prompt;

  const remembered = useRef(state.choice);
  useEffect(() => {
    track(
      columnChoice.load().then(loaded => {
        if (!loaded) return;
        remembered.current = loaded;
        dispatch({kind: 'columns-loaded', choice: loaded});
      }),
    );
  }, [columnChoice, dispatch, track]);
  const isChoosing = results?.chooser !== undefined;
  const keepChoice = useEffectEvent((chosen: SavedColumns) => {
    if (remembered.current === chosen) return;
    remembered.current = chosen;
    track(columnChoice.save(chosen));
  });
  const {choice} = state;
  useEffect(() => {
    if (!isChoosing) keepChoice(choice);
  }, [isChoosing, choice]);
  // Who quits in the middle of choosing has chosen.
  const keepLast = useEffectEvent(() => keepChoice(choice));
  useEffect(() => () => keepLast(), []);

  const fetchIt = async ({id, query, refresh}: Fetching, signal: AbortSignal) => {
    const open = connection();
    if (!open) return;
    const progress = batchProgress(events => dispatch({kind: 'progressed', id, events}));
    try {
      const outcome = await open.run(query, {refresh, signal, onProgress: progress.add});
      await inTurns(findingExtremes(outcome.dataset), now);
      progress.end();
      // The rows come by themselves: what was typed for the Fetch screen must not act on them.
      if (id === fetching?.id && isWhole(outcome)) discardKeys();
      dispatch({kind: 'fetched', id, outcome, now: now()});
    } finally {
      progress.end();
    }
  };
  useJob(fetching?.outcome ? undefined : fetching, fetchIt, track);
  useJob(results?.refetching, fetchIt, track);
  useJob(results?.changes.fetching, fetchIt, track);
  const {comparison} = results ?? {};
  useJob(comparison?.state === 'fetching' ? comparison.fetching : undefined, fetchIt, track);

  useJob(
    key.connecting,
    async ({id, kind}, signal) => {
      try {
        const how = kind === 'key' ? ({kind, key: typedKey.current} as const) : ({kind} as const);
        const {isDemo, label} = await connect(how, signal);
        if (signal.aborted) return;
        typedKey.current = '';
        dispatch({kind: 'connected', id, account: {isDemo, label}});
      } catch (error) {
        if (!signal.aborted) dispatch({kind: 'not-connected', id, sentence: sentenceOf(error)});
      }
    },
    track,
  );

  useJob(
    prompt?.kind === 'export' ? prompt.job : undefined,
    async ({id}, signal) => {
      if (!results || prompt?.kind !== 'export') return;
      const onProgress = (rowsDone: number) => dispatch({kind: 'saving', id, rowsDone});
      try {
        const result = await save(prompt.path.trim(), tableOf(results, prompt.what), {
          force: prompt.force,
          signal,
          onProgress,
        });
        onSaved(result);
        dispatch({kind: 'saved', id, result});
      } catch (error) {
        const exists = error instanceof Error && 'reason' in error && error.reason === 'exists';
        if (exists) discardKeys();
        const sentence = signal.aborted ? 'Stopped: nothing was written.' : sentenceOf(error);
        dispatch({kind: 'not-saved', id, sentence, exists: exists && !signal.aborted});
      }
    },
    track,
  );

  useJob(
    prompt?.kind === 'clear' && prompt.step !== 'asking' ? prompt.job : undefined,
    async ({id}) => {
      const open = connection();
      if (!open || prompt?.kind !== 'clear') return;
      if (prompt.step === 'clearing') return dispatch({kind: 'cleared', id, holdings: await open.clearCache()});
      const holdings = await open.measureCache();
      // Only a y that was typed in sight of the question answers it.
      discardKeys();
      dispatch({kind: 'measured', id, holdings});
    },
    track,
  );
}
