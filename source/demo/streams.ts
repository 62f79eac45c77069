import {type Component, components, type Dimension, type EndpointName} from './catalogue.ts';
import {componentsOfRequest, modelsOf, variantsOf} from './habits.ts';
import {firstDay, type Organization, type Project, spikingKey} from './organization.ts';
import {hash, pick, unit} from './random.ts';

export type Value = string | boolean | null;
export type Dimensions = Readonly<Partial<Record<Dimension, Value>>>;

/** One thing that one caller does over and over: what all figures are made of. */
export type Stream = {
  readonly id: number;
  readonly endpoint: EndpointName;
  readonly dimensions: Dimensions;
  /** First and last day of use, both included. */
  readonly from: number;
  readonly until: number;
  /** Requests on a usual weekday. */
  readonly level: number;
  /** By component, in the catalogue's order: how much an average request adds. The first one is requests itself: 1. */
  readonly perRequest: readonly number[];
  readonly rhythm: number;
  readonly spikes: boolean;
  /** Minutes after which a request is told of: figures of a day still grow when it is over. */
  readonly lag: number;
};

/** Who calls: a key with its owner, or a person in the playground, whose requests have no key. */
type Caller = {
  readonly number: number;
  readonly project: Project;
  readonly keyId: string | null;
  readonly userId: string | null;
  readonly from: number;
  readonly until: number;
  readonly spikes: boolean;
};

const secondsPerDay = 86_400;
const forever = 1_000_000;

function callersOf(organization: Organization): Caller[] {
  const callers: Caller[] = organization.keys.map((key, number) => ({
    number,
    project: key.project,
    keyId: key.id,
    // Some requests are not attributed to anybody.
    userId: number % 13 === 9 ? null : key.owner.type === 'user' ? key.owner.user.id : key.owner.account.id,
    from: Math.floor(key.createdAt / secondsPerDay),
    until: lastDayOf(key.project),
    spikes: number === spikingKey,
  }));
  const inPlayground = Math.max(1, Math.round(organization.keys.length / 12));
  for (let at = 0; at < inPlayground; at++) {
    const number = 2_000_000 + at;
    const project = pick(organization.projects, at % 10);
    const userId = pick(organization.users, hash(organization.seed, number)).id;
    callers.push({number, project, keyId: null, userId, from: firstDay, until: lastDayOf(project), spikes: false});
  }
  return callers;
}

const lastDayOf = (project: Project): number =>
  project.archivedAt === null ? forever : Math.floor(project.archivedAt / secondsPerDay) - 1;

function streamOf(
  seed: number,
  id: number,
  endpoint: EndpointName,
  dimensions: Dimensions,
  caller: Pick<Caller, 'from' | 'until' | 'spikes'>,
  late: number,
): Stream {
  const shape: Partial<Record<Component, number>> = componentsOfRequest(endpoint, dimensions.model, unit(seed, id, 11));
  return {
    id,
    endpoint,
    dimensions,
    from: caller.from,
    until: caller.until,
    // From a handful to a thousand a day, most of them few; a spiking key is a big one.
    level: caller.spikes ? 900 : 3 * Math.exp(5.5 * unit(seed, id, 12) ** 1.4),
    perRequest: components.map(component => (component === 'requests' ? 1 : (shape[component] ?? 0))),
    rhythm: caller.spikes ? 2 : hash(seed, id, 13) % 4,
    spikes: caller.spikes && endpoint === 'completions',
    lag: Math.floor(unit(seed, id, 14) * late * 60),
  };
}

/**
 * Everything the organization does, in a fixed order; what is done on a day follows from it and the day alone. It is told
 * of up to `late` hours later.
 */
export function streamsOf(organization: Organization, late: number): readonly Stream[] {
  const {seed} = organization;
  const streams: Stream[] = [];
  for (const caller of callersOf(organization)) {
    const who = {project_id: caller.project.id, user_id: caller.userId, api_key_id: caller.keyId};
    const endpoints: EndpointName[] = ['completions', ...caller.project.purpose.also];
    for (const endpoint of endpoints) {
      if (endpoint === 'vector_stores' || endpoint === 'code_interpreter_sessions') continue;
      const salt = hash(seed, caller.number, endpoint.length * 31 + endpoint.charCodeAt(0));
      if (endpoint !== 'completions' && unit(salt, 1) > 0.53) continue;
      let variant = 0;
      for (const model of modelsOf(endpoint, caller.project.purpose, salt)) {
        for (const extra of variantsOf(endpoint, hash(salt, variant + 7), caller.project.id)) {
          const dimensions: Dimensions = {...who, ...(model === undefined ? {} : {model}), ...extra};
          streams.push(streamOf(seed, hash(salt, variant, 21), endpoint, dimensions, caller, late));
          variant += 1;
        }
      }
    }
  }
  for (const [number, project] of organization.projects.entries()) {
    const life = {from: firstDay + number * 3, until: lastDayOf(project), spikes: false};
    for (const endpoint of ['vector_stores', 'code_interpreter_sessions'] as const) {
      if (!project.purpose.also.includes(endpoint)) continue;
      const id = hash(seed, 3_000_000 + number, endpoint.length);
      streams.push(streamOf(seed, id, endpoint, {project_id: project.id}, life, late));
    }
  }
  return streams;
}
