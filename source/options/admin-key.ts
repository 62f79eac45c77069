import type {Environment} from './environment.ts';
import {UsageMistake} from './mistake.ts';

/** Where an organization's owner makes one. */
export const KEY_PAGE = 'https://platform.openai.com/settings/organization/admin-keys';

const VARIABLE = 'OPENAI_ADMIN_KEY';

/** What marks, quotes and prompts leave at both ends of what is copied from pages, chats and shells. */
const WRAPPING: readonly RegExp[] = [
  /^[\s"'`“”„‟‘’‚‛«»‹›]+/u,
  // Read once, however long it is: without looking back it would be tried again from each of its characters.
  /(?<![\s"'`“”„‟‘’‚‛«»‹›;,])[\s"'`“”„‟‘’‚‛«»‹›;,]+$/u,
  /^(?:[$>%]\s+)?(?:export\s+|set\s+|\$env:)?OPENAI_ADMIN_KEY\s*[=:]/i,
  /^(?:[$>%]\s+)?setx\s+OPENAI_ADMIN_KEY\s+/i,
  /^Authorization\s*:/i,
  /^Bearer\s+/i,
];

type Look = {readonly pattern: RegExp; readonly name: string};

/** What no Admin API takes, whoever runs it: known by its own prefix or form. */
const OTHERS: readonly Look[] = [
  {pattern: /^sk-proj-/, name: 'a project’s key (sk-proj-…)'},
  {pattern: /^sk-(?:svcacct|service)-/, name: 'a service account’s key (sk-svcacct-…)'},
  {pattern: /^sk-ant-/, name: 'a key of Anthropic (sk-ant-…)'},
  {pattern: /^sk-or-/, name: 'a key of OpenRouter (sk-or-…)'},
  {pattern: /^sk-[A-Za-z0-9]{40,}$/, name: 'a key of the kind that programs use (sk-…)'},
  {pattern: /^gh[a-z]_\w|^github_pat_/, name: 'a token of GitHub'},
  {pattern: /^(?:AKIA|ASIA)[A-Z0-9]{8,}$/, name: 'an access key of AWS'},
  {pattern: /^AIza/, name: 'a key of Google'},
  {pattern: /^xox[a-z]-/, name: 'a token of Slack'},
  {pattern: /^key_/, name: 'the id of a key (key_…)'},
  {pattern: /^org-/, name: 'the id of an organization (org-…)'},
  {pattern: /^proj_/, name: 'the id of a project (proj_…)'},
  {pattern: /^user-/, name: 'the id of a user (user-…)'},
  {pattern: /^https?:/i, name: 'a web address'},
  {pattern: /^[^@]+@[^@]+\.[a-z]+$/i, name: 'an e-mail address'},
  {pattern: /\*\*|\.\.\./, name: 'a redacted key, of which only the ends are told'},
  {pattern: /^sk-(?:admin-?)?$/, name: 'the beginning of a key'},
];

/** Gateways make keys of their own, which may begin in any way; at OpenAI all admin keys begin alike. */
const OTHERS_AT_OPENAI: readonly Look[] = [
  {pattern: /^sk-(?!admin-)/, name: 'a key of the kind that programs use (sk-…)'},
  {pattern: /^.{1,7}$/, name: 'a text too short for a key'},
  {pattern: /^(?!sk-admin-)/, name: 'something that begins otherwise, perhaps a password'},
];

/**
 * The key without what copying leaves around it (spaces, quotes, line breaks, invisible characters, the line that sets
 * the variable, `Bearer`), and joined where a terminal wrapped it; undefined if nothing is left.
 * Throws a UsageMistake, which does not repeat the key, for what is plainly something else, before anything is sent, and
 * for what cannot stand in a header. `opening` begins the sentence: where the key came from.
 */
export function readAdminKey(text: string | undefined, baseUrl: string | undefined, opening = `${VARIABLE} holds`) {
  const key = unwrapped(text ?? '').replaceAll(/[\s\u0085]+/gu, run =>
    /[\r\n\u0085\u2028\u2029]/u.test(run) ? '' : run,
  );
  if (key === '') return undefined;
  const looks = baseUrl !== undefined && isOpenAi(baseUrl) ? [...OTHERS, ...OTHERS_AT_OPENAI] : OTHERS;
  const other = looks.find(({pattern}) => pattern.test(key));
  if (other !== undefined) {
    throw new UsageMistake(
      `${opening} ${other.name}, not an admin key (sk-admin-…), and nothing was sent; an organization owner creates one at ${KEY_PAGE}.`,
    );
  }
  return headerValue(opening, key, `copy the key again from ${KEY_PAGE}, it looks like sk-admin-abc123`);
}

/** Why a job without a screen cannot start without a key, and how to get one. */
export function missingKey(environment: Environment): UsageMistake {
  if (environment['OPENAI_API_KEY']?.trim().startsWith('sk-admin-')) {
    return new UsageMistake(
      'OPENAI_ADMIN_KEY is not set, but OPENAI_API_KEY holds an admin key; write: export OPENAI_ADMIN_KEY="$OPENAI_API_KEY".',
    );
  }
  return new UsageMistake(
    `OPENAI_ADMIN_KEY is not set; an organization owner creates an admin key at ${KEY_PAGE}, ` +
      'then: export OPENAI_ADMIN_KEY=sk-admin-abc123 (or try --demo, which needs none).',
  );
}

/** The organization's id, or undefined. Throws a UsageMistake, also for a key that was put there. */
export function readOrganizationId(text: string | undefined): string | undefined {
  const id = unwrapped(text ?? '');
  if (id === '') return undefined;
  const hint = 'it looks like org-abc123';
  if (/^sk-/.test(id)) throw new UsageMistake(`OPENAI_ORG_ID holds a key, which belongs into ${VARIABLE}; ${hint}.`);
  return headerValue('OPENAI_ORG_ID holds', id, hint);
}

function headerValue(opening: string, value: string, hint: string): string {
  // Tokens are printable ASCII (RFC 6750, section 2.1); fetch would throw at others with a message that holds the key.
  if (/^[\x21-\x7e]+$/.test(value)) return value;
  throw new UsageMistake(`${opening} a space, a line break or another character that cannot be in it; ${hint}.`);
}

function unwrapped(text: string): string {
  // Format characters (zero-width spaces, joiners, direction marks) and controls, but for those that are white space;
  // a paste's own marks may have come along.
  let value = text.replaceAll(/\u001b\[20[01]~|[\p{Cf}\u0000-\u0008\u000e-\u001f\u007f]/gu, '');
  for (let before = ''; before !== value; ) {
    before = value;
    for (const pattern of WRAPPING) value = value.replace(pattern, '');
  }
  return value;
}

/** Whether the address is one of OpenAI's own, where every admin key begins alike; a gateway makes keys of its own. */
function isOpenAi(baseUrl: string): boolean {
  return /(?:^|\.)openai\.com$/.test(new URL(baseUrl).hostname);
}
