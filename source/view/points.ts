/** How much of a figure stands from its decimal point on: 3 columns of `$12.50`, none of `12`. */
export function tailOf(figure: string): number {
  const point = figure.lastIndexOf('.');
  return point === -1 ? 0 : figure.length - point;
}

/** The figure padded at its end, so that right-aligned its point stands under those of figures with longer tails. */
export function withTail(figure: string, tail: number): string {
  return figure === '' ? '' : figure + ' '.repeat(Math.max(0, tail - tailOf(figure)));
}

/** The figures of a column, their points under one another. */
export function alignPoints(figures: readonly string[]): readonly string[] {
  const tail = figures.reduce((most, figure) => Math.max(most, tailOf(figure)), 0);
  return figures.map(figure => withTail(figure, tail));
}
