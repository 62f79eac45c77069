import {Box, Text} from 'ink';
import {counted} from '../../view/counted.ts';
import {formatNumber} from '../../view/format.ts';
import {useSize} from '../hooks/use-size.ts';
import {textWidth} from '../layout.ts';
import {heldLabel} from '../sentences.ts';
import type {ClearPrompt, ExportPrompt, Prompt} from '../state/prompt.ts';
import {questionLines} from '../state/question.ts';
import type {ResultsState} from '../state/results.ts';
import {hasBorders, problemLines} from '../state/room.ts';
import {Bordered} from './bordered.tsx';
import {Busy} from './busy.tsx';
import {Field} from './field.tsx';
import type {Fields} from './fields.ts';
import {Line, Lines} from './line.tsx';
import {TypedLines} from './typed-lines.tsx';

type PromptLinesProps = {
  readonly prompt: Prompt;
  readonly results: ResultsState;
  readonly fields: Fields;
};

/** What the Results screen asks, above the position line. */
export function PromptLines({prompt, results, fields}: PromptLinesProps) {
  if (prompt.kind === 'clear') return <ClearLines prompt={prompt} />;
  if (prompt.kind === 'export') return <ExportLines prompt={prompt} results={results} fields={fields} />;
  return <TypedLines prompt={prompt} fields={fields} />;
}

function ExportLines({prompt, results, fields}: PromptLinesProps & {readonly prompt: ExportPrompt}) {
  const size = useSize();
  const {step, path, isProposed, problem, rowsDone, job, what, proposals} = prompt;
  const all = results.outcome.dataset.rowCount;
  const groups = results.summary.figures?.groups.length ?? 0;
  const rowCount = what === 'rows' ? all : what === 'filtered' ? results.rows.length : groups;
  const shown = results.rows.length;
  const offered =
    what === 'rows'
      ? `all ${counted(all, 'row')} (${formatNumber(shown)} shown)`
      : `${counted(shown, 'shown row')} of ${formatNumber(all)}`;
  const labels = proposals
    ? [`Export ${offered} to: `, `${what === 'rows' ? 'All' : 'Shown'} ${formatNumber(rowCount)}: `]
    : ['Export to: '];
  const label = labels.find(each => each.length <= textWidth(size) / 2) ?? labels.at(-1) ?? '';
  if (step === 'overwrite') return <Lines texts={questionLines(prompt, size)} tone="warning" />;
  if (step === 'writing') {
    const far = `${formatNumber(rowsDone)} of ${counted(rowCount, 'row')}`;
    return <Busy text={job?.isStopping ? `Stopping: ${far}` : `Writing ${far}; Esc stops`} />;
  }
  return (
    <>
      <Box>
        <Text>{` ${label}`}</Text>
        <Field
          key={isProposed ? what : 'typed'}
          value={path}
          onChange={fields.onPath}
          isProposed={isProposed}
          width={Math.max(8, textWidth(size) - label.length)}
        />
      </Box>
      {problem && <Lines texts={problemLines(problem, size)} tone="bad" />}
    </>
  );
}

function ClearLines({prompt}: {readonly prompt: ClearPrompt}) {
  const size = useSize();
  const {step, holdings} = prompt;
  if (step === 'clearing') return <Line text="Clearing the cache" />;
  if (!holdings) return <Line text="Looking into the cache" />;
  const {days, bytes} = holdings;
  return (
    <>
      {hasBorders(size) && (
        <Bordered rows={[{cache: 'of this account', 'endpoint days': formatNumber(days), size: heldLabel(bytes)}]} />
      )}
      <Lines texts={questionLines(prompt, size)} tone="warning" />
    </>
  );
}
