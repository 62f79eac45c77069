import fc from 'fast-check';
import type {BucketWidth, EndpointName} from '../../source/api/endpoints.ts';
import type {Refresh} from '../../source/usage/plan.ts';
import type {Filters} from '../../source/usage/query.ts';
import {organization} from './fetching.ts';

/** What is asked for; days are counted back from today, whatever that is when it is asked. */
export type Question = {
  readonly back: number;
  readonly length: number;
  readonly endpoints: readonly EndpointName[];
  readonly width: BucketWidth;
  readonly filters: Filters;
  readonly refresh: Refresh;
};

/** What happens while requests are under way, when the `at`th of the step is sent or answered. */
export type Event = {
  readonly at: number;
  readonly when: 'sent' | 'answered';
  readonly what:
    | {readonly kind: 'abort'}
    | {readonly kind: 'advance'; readonly milliseconds: number}
    | {readonly kind: 'fail'; readonly endpoint: EndpointName; readonly how: 403 | 500 | 'drop' | 'once'};
};

export type Damage = 'cut' | 'flip' | 'empty' | 'other month' | 'delete' | 'locked' | 'leftover';

export type Step =
  | {readonly kind: 'fetch'; readonly process: 0 | 1; readonly question: Question; readonly event: Event | undefined}
  /** Two fetches at once, in one process or in two. */
  | {
      readonly kind: 'both';
      readonly processes: readonly [0 | 1, 0 | 1];
      readonly questions: readonly [Question, Question];
    }
  | {readonly kind: 'advance'; readonly milliseconds: number}
  | {readonly kind: 'restart'; readonly process: 0 | 1}
  | {readonly kind: 'clear'; readonly process: 0 | 1}
  | {readonly kind: 'damage'; readonly damage: Damage; readonly file: number; readonly place: number};

const minute = 60_000;
const names = ['completions', 'images', 'vector_stores', 'costs'] as const;

const milliseconds = fc.oneof(
  {weight: 3, arbitrary: fc.integer({min: 0, max: 30 * minute})},
  {weight: 2, arbitrary: fc.integer({min: 0, max: 30 * 60}).map(minutes => minutes * minute)},
  {weight: 1, arbitrary: fc.integer({min: 1, max: 6 * 24}).map(hours => hours * 60 * minute)},
);

const filters = fc.oneof(
  {weight: 5, arbitrary: fc.constant({})},
  fc.constantFrom({models: ['gpt-5.4']}, {projects: organization.projects.slice(0, 2).map(({id}) => id)}),
);

const question: fc.Arbitrary<Question> = fc
  .record({
    back: fc.oneof({weight: 2, arbitrary: fc.constant(0)}, fc.integer({min: 0, max: 40})),
    length: fc.oneof(fc.integer({min: 1, max: 10}), fc.integer({min: 1, max: 70})),
    endpoints: fc.subarray([...names], {minLength: 1}),
    width: fc.oneof(
      {weight: 6, arbitrary: fc.constant('1d' as const)},
      {weight: 2, arbitrary: fc.constant('1h' as const)},
      fc.constant('1m' as const),
    ),
    filters,
    refresh: fc.oneof(
      {weight: 6, arbitrary: fc.constant('reuse' as const)},
      fc.constantFrom('unsettled' as const, 'everything' as const, 'nothing' as const),
    ),
  })
  .map(({filters: some, length, ...rest}) => ({
    ...rest,
    length: Math.min(length, {'1d': 70, '1h': 9, '1m': 2}[rest.width]),
    filters: {projects: [], apiKeys: [], users: [], models: [], ...some},
  }));

const event: fc.Arbitrary<Event> = fc.record({
  at: fc.oneof(fc.integer({min: 1, max: 4}), fc.integer({min: 1, max: 14})),
  when: fc.constantFrom('sent', 'answered'),
  what: fc.oneof(
    {weight: 2, arbitrary: fc.constant({kind: 'abort' as const})},
    {weight: 2, arbitrary: fc.record({kind: fc.constant('advance' as const), milliseconds})},
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('fail' as const),
        endpoint: fc.constantFrom(...names),
        how: fc.constantFrom(403 as const, 500 as const, 'drop' as const, 'once' as const),
      }),
    },
  ),
});

const process = fc.constantFrom(0 as const, 1 as const);

export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({
      kind: fc.constant('fetch' as const),
      process,
      question,
      event: fc.option(event, {nil: undefined, freq: 2}),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('both' as const),
      processes: fc.tuple(process, process),
      questions: fc.tuple(question, question),
    }),
  },
  {weight: 5, arbitrary: fc.record({kind: fc.constant('advance' as const), milliseconds})},
  {weight: 2, arbitrary: fc.record({kind: fc.constant('restart' as const), process})},
  {weight: 1, arbitrary: fc.record({kind: fc.constant('clear' as const), process})},
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('damage' as const),
      damage: fc.constantFrom<Damage[]>('cut', 'flip', 'empty', 'other month', 'delete', 'locked', 'leftover'),
      file: fc.nat(),
      place: fc.nat(),
    }),
  },
);
