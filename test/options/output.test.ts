import {expect, test} from 'vitest';
import {formatOf} from '../../source/export/format.ts';
import {defaultOutput, parseOptions} from '../../source/options.ts';
import {parseMonth} from '../../source/usage/days.ts';

const range = parseMonth('2026-10') ?? {first: 0, last: 0};

test.each([
  [{format: 'csv', demo: false, partial: false}, 'openai_usage_2026-10-01_2026-10-31.csv'],
  [{format: 'json', demo: true, partial: false}, 'openai_usage_demo_2026-10-01_2026-10-31.json'],
  [{format: 'csv', demo: false, partial: true}, 'openai_usage_2026-10-01_2026-10-31_partial.csv'],
  [{format: 'ndjson', demo: true, partial: true}, 'openai_usage_demo_2026-10-01_2026-10-31_partial.ndjson'],
  [{format: 'csv', demo: false, partial: false, what: 'filtered'}, 'openai_usage_2026-10-01_2026-10-31_filtered.csv'],
  [{format: 'csv', demo: false, partial: false, what: 'summary'}, 'openai_usage_2026-10-01_2026-10-31_summary.csv'],
  [
    {format: 'json', demo: true, partial: true, what: 'summary'},
    'openai_usage_demo_2026-10-01_2026-10-31_summary_partial.json',
  ],
] as const)('an export of %j is called %s', (options, name) => {
  expect(defaultOutput({range, ...options})).toBe(name);
  expect(formatOf(name)).toBe(options.format);
});

test.each(['a.xlsx', 'A.XLS', 'costs.parquet', 'usage.csv.gz'])('%s is refused, unless a format is named', name => {
  const environment = {OPENAI_ADMIN_KEY: 'sk-admin-abc123'};
  for (const command of ['export', 'summary']) {
    const argv = [command, '--output', name];
    expect(() => parseOptions(argv, environment, range.last)).toThrow(
      /^--output ".*" ends in \.\w+, .* --format csv\.$/,
    );
    expect(parseOptions([...argv, '--format', 'csv'], environment, range.last)).toMatchObject({output: name});
  }
});
