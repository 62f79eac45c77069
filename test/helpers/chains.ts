import type {ApiRequest} from '../../source/api/client.ts';
import {type Endpoint, type EndpointName, findEndpoint} from '../../source/api/endpoints.ts';
import {ApiError} from '../../source/api/errors.ts';
import type {Ask} from '../../source/api/pages.ts';

/** Answers given in their order, and what was asked for them. */
export function askScript(answers: readonly unknown[]): {ask: Ask; asked: ApiRequest[]} {
  const asked: ApiRequest[] = [];
  return {
    asked,
    ask: async (request, read) => {
      asked.push(request);
      if (asked.length > answers.length) throw new Error(`Asked once more than there are answers: ${request.path}`);
      return read(answers[asked.length - 1]);
    },
  };
}

export function endpoint(name: EndpointName): Endpoint {
  const found = findEndpoint(name);
  if (found === undefined) throw new Error(`${name} is no endpoint`);
  return found;
}

/** The ApiError of work that has to fail. */
export async function failure(work: Promise<unknown>): Promise<ApiError> {
  const error = await work.then(
    () => new Error('It did not fail'),
    (reason: unknown) => reason,
  );
  if (error instanceof ApiError) return error;
  throw error;
}
