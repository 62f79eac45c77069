import {Box, Text} from 'ink';
import {counted, sizeLabel} from '../../view/counted.ts';
import {formatNumber} from '../../view/format.ts';
import {printable} from '../../view/printable.ts';
import {useSize} from '../hooks/use-size.ts';
import {textWidth} from '../layout.ts';
import type {ClearPrompt, ExportPrompt, Prompt} from '../state/prompt.ts';
import {hasBorders, problemLines} from '../state/room.ts';
import {Bordered} from './bordered.tsx';
import {Busy} from './busy.tsx';
import {Field} from './field.tsx';
import {Line, Lines} from './line.tsx';

type PromptLinesProps = {
  readonly prompt: Prompt;
  readonly rowCount: number;
  readonly onPath: (path: string) => void;
};

/** What the Results screen asks, above the position line. */
export function PromptLines({prompt, rowCount, onPath}: PromptLinesProps) {
  if (prompt.kind === 'clear') return <ClearLines prompt={prompt} />;
  return <ExportLines prompt={prompt} rowCount={rowCount} onPath={onPath} />;
}

function ExportLines({prompt, rowCount, onPath}: PromptLinesProps & {readonly prompt: ExportPrompt}) {
  const size = useSize();
  const {step, path, isProposed, problem, rowsDone} = prompt;
  if (step === 'overwrite') return <Line text={`${printable(path)} exists. Overwrite it? y or n`} tone="warning" />;
  if (step === 'writing') {
    return <Busy text={`Writing ${formatNumber(rowsDone)} of ${counted(rowCount, 'row')}; Esc stops`} />;
  }
  return (
    <>
      <Box>
        <Text>{' Export to: '}</Text>
        <Field value={path} onChange={onPath} isProposed={isProposed} width={textWidth(size) - 11} />
      </Box>
      {problem && <Lines texts={problemLines(problem, size)} tone="bad" />}
    </>
  );
}

function ClearLines({prompt: {step, holdings}}: {readonly prompt: ClearPrompt}) {
  const size = useSize();
  if (step === 'clearing') return <Line text="Clearing the cache" />;
  if (!holdings) return <Line text="Looking into the cache" />;
  const {days, bytes} = holdings;
  const asked = `Clear ${counted(days, 'cached endpoint day')} (${sizeLabel(bytes)})? The rows on the screen stay. y or n`;
  return (
    <>
      {hasBorders(size) && (
        <Bordered rows={[{cache: 'of this account', 'endpoint days': formatNumber(days), size: sizeLabel(bytes)}]} />
      )}
      <Line text={asked} tone="warning" />
    </>
  );
}
