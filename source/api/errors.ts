/** Why a request came to nothing. Each has its own way on, so each is its own word. */
export type FailureReason =
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'rejected'
  | 'rate-limited'
  | 'server'
  | 'network'
  /** Nothing there is the API: no such host, no TLS. */
  | 'address'
  | 'certificate'
  | 'too-large'
  | 'timeout'
  | 'unreadable'
  | 'cursor'
  | 'redirect'
  | 'proxy'
  | 'stopped';

/** What was asked, without the key: enough to ask it again by hand. */
export type Asked = {readonly method: 'GET'; readonly path: string; readonly query: string};

type Details = {
  readonly reason: FailureReason;
  /** The endpoint or list that was asked, by the API's name. */
  readonly subject: string;
  /** What happened, as the middle of a sentence. */
  readonly what: string;
  readonly next: string;
  readonly asked?: Asked;
  readonly status?: number;
  /** Milliseconds the server asked us to wait. */
  readonly retryAfter?: number;
  readonly cause?: unknown;
};

/**
 * An expected failure of the Admin API. Its message is one sentence and a next step: `completions: the server answered
 * 502 Bad Gateway. Try again in a few minutes.` It never holds the admin key: the client takes it out of whatever the
 * server says.
 */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly reason: FailureReason;
  readonly subject: string;
  readonly what: string;
  readonly next: string;
  readonly asked: Asked | undefined;
  readonly status: number | undefined;
  readonly retryAfter: number | undefined;
  /** How often it was tried before giving up; set by the pace. */
  tries = 1;

  constructor(details: Details) {
    super(
      `${details.subject}: ${details.what}. ${details.next}`,
      details.cause === undefined ? undefined : {cause: details.cause},
    );
    this.reason = details.reason;
    this.subject = details.subject;
    this.what = details.what;
    this.next = details.next;
    this.asked = details.asked;
    this.status = details.status;
    this.retryAfter = details.retryAfter;
  }

  /** The same failure, said of something else or in other words. */
  with(changes: Partial<Pick<Details, 'subject' | 'what'>>): ApiError {
    const {reason, subject, what, next, asked, status, retryAfter} = this;
    const changed = new ApiError({
      reason,
      subject,
      what,
      next,
      cause: this,
      ...(asked && {asked}),
      ...(status !== undefined && {status}),
      ...(retryAfter !== undefined && {retryAfter}),
      ...changes,
    });
    changed.tries = this.tries;
    return changed;
  }
}

/** The reader's side of an answer that is not what the API document says. */
export function unreadable(subject: string, what: string, asked?: Asked): ApiError {
  return new ApiError({
    reason: 'unreadable',
    subject,
    what,
    next: 'Try again; if it stays, something between here and the API changes its answers (a proxy, a wrong base URL).',
    ...(asked && {asked}),
  });
}

/** A chain of pages that cannot be walked to its end without losing or doubling data. */
export function brokenChain(subject: string, what: string, asked?: Asked): ApiError {
  return new ApiError({
    reason: 'cursor',
    subject,
    what,
    next: 'Nothing of this chain is used, because it could be incomplete: try again, or report it to the API.',
    ...(asked && {asked}),
  });
}

/** The end of work that somebody stopped. */
export function stopped(subject: string): ApiError {
  return new ApiError({reason: 'stopped', subject, what: 'stopped before it was complete', next: 'Press r to go on.'});
}

/** The end of work whose rows would not fit into memory. */
export function tooManyRows(subject: string): ApiError {
  return new ApiError({
    reason: 'too-large',
    subject,
    what: 'stopped, because more rows arrived than this machine has memory for',
    next: 'Ask for fewer days or endpoints, for a filter or for wider buckets.',
  });
}
