/**
 * One thing that was looked at. `note` is for what works and could be better, `fix` for what keeps a job from working,
 * or its figures from being right: only that makes the exit code 1.
 */
export type Check = {
  readonly name: string;
  readonly state: 'ok' | 'note' | 'fix';
  /** What is there, as a sentence or less; may hold names from outside. */
  readonly found: string;
  /** What to do; with `ok` there is nothing. */
  readonly advice?: string;
};
