import type {EndpointName} from '../api/endpoints.ts';

/** Where one endpoint stands. `finished` and `failed` are final until the endpoint is retried. */
export type EndpointState = 'queued' | 'fetching' | 'finished' | 'failed' | 'stopped';

/** Progress of one endpoint; each event is a whole picture of it, so that a reader needs only the latest. */
export type EndpointProgress = {
  readonly kind: 'endpoint';
  readonly endpoint: EndpointName;
  readonly state: EndpointState;
  /** Days whose rows are here, cached ones included. */
  readonly daysDone: number;
  readonly daysTotal: number;
  readonly daysCached: number;
  readonly rows: number;
  /** Requests sent so far, retries included. */
  readonly requests: number;
  /** Unix milliseconds until which nothing is sent, and why; absent while nothing is waited for. */
  readonly waitingUntil?: number;
  readonly waitingFor?: string;
  readonly error?: Error;
};

export const DIRECTORY_LISTS = ['users', 'projects', 'admin_api_keys', 'project_api_keys'] as const;

/** The lists that turn ids into names; `project_api_keys` stands for the lists of all projects together. */
export type DirectoryList = (typeof DIRECTORY_LISTS)[number];

export type DirectoryProgress = {
  readonly kind: 'directory';
  readonly list: DirectoryList;
  readonly state: EndpointState;
  /** Users, projects or keys known so far. */
  readonly items: number;
  readonly requests: number;
  readonly isCached: boolean;
  readonly error?: Error;
};

/** The one stream that the screen, the headless job and the tests read. */
export type Progress = EndpointProgress | DirectoryProgress;
