import {ENDPOINTS, type EndpointName} from '../../api/endpoints.ts';
import {canFilter, type Filters} from '../../usage/query.ts';
import type {Action} from '../keymap.ts';

export type EndpointsState = {
  readonly cursor: number;
  readonly checked: ReadonlySet<EndpointName>;
  readonly problem: string | undefined;
};

type EndpointsStep = {readonly endpoints: EndpointsState; readonly go?: 'fetch' | 'back'};

/** The checklist as it first appears; no names mean all. */
export function startEndpoints(names: readonly EndpointName[]): EndpointsState {
  const all = ENDPOINTS.map(({name}) => name);
  return {cursor: 0, checked: new Set(names.length === 0 ? all : names), problem: undefined};
}

/** The checked endpoints in catalogue order. */
export function checkedNames({checked}: EndpointsState): readonly EndpointName[] {
  return ENDPOINTS.map(({name}) => name).filter(name => checked.has(name));
}

/** Those of them that a fetch asks: not the ones that know nothing of what is filtered by. */
export function askedNames({checked}: EndpointsState, filters: Filters): readonly EndpointName[] {
  return ENDPOINTS.filter(each => checked.has(each.name) && canFilter(each, filters)).map(({name}) => name);
}

export function actOnEndpoints(endpoints: EndpointsState, action: Action, page: number): EndpointsStep {
  const {cursor, checked} = endpoints;
  const at = (index: number): EndpointsStep => ({
    endpoints: {...endpoints, cursor: Math.max(0, Math.min(index, ENDPOINTS.length - 1))},
  });
  switch (action) {
    case 'up':
      return at(cursor - 1);
    case 'down':
      return at(cursor + 1);
    case 'pageUp':
      return at(cursor - page);
    case 'pageDown':
      return at(cursor + page);
    case 'first':
      return at(0);
    case 'last':
      return at(ENDPOINTS.length - 1);
    case 'toggle': {
      const name = ENDPOINTS[cursor]?.name;
      return name ? {endpoints: {...endpoints, checked: toggled(checked, name), problem: undefined}} : {endpoints};
    }
    case 'toggleAll': {
      const isFull = checked.size === ENDPOINTS.length;
      const all = isFull ? [] : ENDPOINTS.map(({name}) => name);
      return {endpoints: {...endpoints, checked: new Set(all), problem: undefined}};
    }
    case 'accept':
      if (checked.size > 0) return {endpoints, go: 'fetch'};
      return {endpoints: {...endpoints, problem: 'Nothing is checked: Space checks an endpoint, a checks all.'}};
    case 'back':
      return {endpoints, go: 'back'};
    default:
      return {endpoints};
  }
}

function toggled(checked: ReadonlySet<EndpointName>, name: EndpointName): ReadonlySet<EndpointName> {
  const next = new Set(checked);
  if (!next.delete(name)) next.add(name);
  return next;
}
