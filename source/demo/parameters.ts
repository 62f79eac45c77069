/** A request the API refuses, answered in OpenAI's shape: `{error: {message, type, param, code}}`. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly param: string | null;
  readonly code: string | null;

  constructor(status: number, message: string, param: string | null = null, code: string | null = null) {
    super(message);
    this.status = status;
    this.param = param;
    this.code = code;
  }

  /** The body of the answer. */
  get body(): string {
    return JSON.stringify({
      error: {message: this.message, type: typeOf(this.status), param: this.param, code: this.code},
    });
  }
}

const typeOf = (status: number): string =>
  status === 429 ? 'rate_limit_exceeded' : status >= 500 ? 'server_error' : 'invalid_request_error';

/** A query read parameter by parameter; every method throws a Refusal with status 400 that names its parameter. */
export class Parameters {
  readonly #values = new Map<string, string[]>();

  /** Arrays repeat the parameter; OpenAI's own SDK writes `name[]` for it. Both are taken, and `name[0]` too. */
  constructor(query: URLSearchParams) {
    for (const [spelled, value] of query) {
      const name = spelled.replace(/\[\d*\]$/, '');
      this.#values.set(name, [...(this.#values.get(name) ?? []), value]);
    }
  }

  /** Refuses a parameter that is none of `known`. */
  only(known: readonly string[]): void {
    for (const name of this.#values.keys()) {
      if (!known.includes(name)) throw new Refusal(400, `Unknown parameter: '${name}'.`, name, 'unknown_parameter');
    }
  }

  many(name: string, allowed?: readonly string[]): readonly string[] | undefined {
    const values = this.#values.get(name);
    for (const value of values ?? []) {
      if (value === '' || (allowed !== undefined && !allowed.includes(value))) {
        const choice =
          allowed === undefined ? '' : ` Supported values are: ${allowed.map(each => `'${each}'`).join(', ')}.`;
        throw new Refusal(400, `Invalid value: '${value}'.${choice}`, name, 'invalid_value');
      }
    }
    return values;
  }

  one(name: string, allowed?: readonly string[]): string | undefined {
    const values = this.many(name, allowed) ?? [];
    if (values.length > 1) throw new Refusal(400, `Parameter '${name}' may be given once.`, name, 'invalid_value');
    return values[0];
  }

  integer(name: string, least: number, most: number): number | undefined {
    const text = this.one(name);
    if (text === undefined) return;
    const value = Number(text);
    if (!/^-?\d+$/.test(text)) {
      throw new Refusal(
        400,
        `Invalid type for '${name}': expected an integer, but got '${text}'.`,
        name,
        'invalid_type',
      );
    }
    if (value < least || value > most) {
      const bound = value < least ? `>= ${least}` : `<= ${most}`;
      throw new Refusal(400, `Invalid '${name}': expected a value ${bound}, but got ${text}.`, name, 'out_of_range');
    }
    return value;
  }
}
