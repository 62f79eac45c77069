import * as z from 'zod/mini';
import {type ApiError, unreadable} from './errors.ts';
import {errorWords} from './refusals.ts';

const bucket = z.object({
  start_time: z.int(),
  end_time: z.int(),
  // Each result is read field by field into columns; checking it here as well would take 50 times as long.
  results: z.array(z.unknown()),
});

const page = z.object({
  data: z.array(bucket),
  has_more: z.boolean(),
  next_page: z.nullish(z.string()),
});

export type Bucket = z.infer<typeof bucket>;
export type Page = z.infer<typeof page>;

// What only makes a name or a detail may be anything: one odd date must not cost the names of a whole list.
const text = z.catch(z.nullish(z.string()), null);
const time = z.catch(z.nullish(z.number()), null);

const user = z.object({
  id: z.string(),
  name: text,
  email: text,
  // Newer answers nest the person's own data.
  user: z.catch(z.nullish(z.object({name: text, email: text})), null),
});

const project = z.object({id: z.string(), name: text, status: text, archived_at: time});

const adminKey = z.object({
  id: z.string(),
  name: text,
  redacted_value: text,
  created_at: time,
  last_used_at: time,
  owner: z.catch(z.nullish(z.object({id: text, name: text, type: text})), null),
});

const person = z.catch(z.nullish(z.object({id: z.string(), name: text, email: text})), null);

const projectKey = z.object({
  id: z.string(),
  name: text,
  redacted_value: text,
  created_at: time,
  last_used_at: time,
  owner: z.catch(z.nullish(z.object({type: text, user: person, service_account: person})), null),
});

const list = <Item extends z.ZodMiniType>(item: Item) =>
  z.object({
    // An item without an id can name nothing.
    data: z.array(z.catch(z.nullable(item), null)),
    has_more: z.boolean(),
    last_id: z.nullish(z.string()),
  });

export const LISTS = {
  users: list(user),
  projects: list(project),
  adminKeys: list(adminKey),
  projectKeys: list(projectKey),
  serviceAccounts: list(z.object({id: z.string(), name: text})),
};

export type UserAnswer = z.infer<typeof user>;
export type ProjectAnswer = z.infer<typeof project>;
export type AdminKeyAnswer = z.infer<typeof adminKey>;
export type ProjectKeyAnswer = z.infer<typeof projectKey>;
export type List<Item> = {data: (Item | null)[]; has_more: boolean; last_id?: string | null | undefined};

/** One page of a usage endpoint or of costs. Throws an `unreadable` ApiError that names the place that is wrong. */
export function readPage(subject: string, json: unknown): Page {
  const read = page.safeParse(json);
  if (!read.success) throw misshapen(subject, json, read.error);
  return read.data;
}

/** One page of a list of the directory. Throws as `readPage` does. */
export function readList<Item>(subject: string, schema: z.ZodMiniType<List<Item>>, json: unknown): List<Item> {
  const read = schema.safeParse(json);
  if (!read.success) throw misshapen(subject, json, read.error);
  return read.data;
}

function misshapen(subject: string, json: unknown, error: z.core.$ZodError): ApiError {
  // Some gateways say 200 and mean it not.
  const words = errorWords(json);
  if (words !== '') return unreadable(subject, `the server answered with an error, and status 200${words}`);
  const issue = error.issues[0];
  const place = issue?.path.map(String).join('.') || 'the whole';
  const expected = issue?.code === 'invalid_type' ? `no ${issue.expected}` : 'of another shape';
  return unreadable(subject, `the server's answer is not as documented (${place} is ${expected})`);
}
