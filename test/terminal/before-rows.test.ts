import {describe} from 'vitest';
import {places} from '../helpers/places.ts';
import {testPlaces} from './every-place.ts';
import {hasPty} from './pty.ts';

describe.skipIf(!hasPty)('a session before its rows', () =>
  testPlaces(
    places.slice(
      0,
      places.findIndex(({name}) => name === 'Export path'),
    ),
  ),
);
