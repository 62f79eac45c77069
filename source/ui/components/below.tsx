import {counted} from '../../view/counted.ts';
import {useSize} from '../hooks/use-size.ts';
import type {Message, ResultsState} from '../state/results.ts';
import {linesAround} from '../state/room.ts';
import {useTheme} from '../theme.ts';
import {Busy} from './busy.tsx';
import type {Fields} from './fields.ts';
import {Line, Lines} from './line.tsx';
import {PromptLines} from './prompt-lines.tsx';

type BelowProps = {
  readonly state: ResultsState;
  readonly message: Message | undefined;
  readonly fields: Fields;
};

/** What is said and asked under the table and the summary: as many lines as `tableRoom` leaves for it. */
export function Below({state, message, fields}: BelowProps) {
  const size = useSize();
  const {glyphs} = useTheme();
  const {prompt} = state;
  const {note, task, refetching, said} = linesAround(state, {size, glyphs, message});
  // One spinner at a time: while a file is being written, that line has it.
  const isWriting = prompt?.kind === 'export' && prompt.step === 'writing';
  const again = `${refetching?.isStopping ? 'Stopping' : 'Fetching again'}: ${refetchLabel(state)}`;
  return (
    <>
      {note && <Line text={note} tone="warning" />}
      {task && <Line text={task} tone="accent" />}
      {refetching &&
        (isWriting ? (
          <Line text={`  ${again}`} />
        ) : (
          <Busy text={refetching.isStopping ? again : `${again}; Esc stops`} />
        ))}
      {prompt && <PromptLines prompt={prompt} results={state} fields={fields} />}
      <Lines texts={said} tone={message?.tone ?? 'plain'} />
    </>
  );
}

function refetchLabel({refetching}: ResultsState): string {
  if (!refetching) return '';
  const all = refetching.query.endpoints;
  const done = all.filter(name => refetching.endpoints.get(name)?.state === 'finished');
  return `${done.length} of ${counted(all.length, 'endpoint')}`;
}
