import {sendJson, serveScript} from './script-server.ts';

/** What terminals obey, or draw otherwise than it reads. */
const FOR_TERMINALS = [
  'a\x1b[2Jb',
  '\x1b]0;owned\x07title',
  '\x1b]2;owned\x1b\\title',
  '\x1b]52;c;b3duZWQ=\x07clip',
  '\x1b]8;;http://evil.example/\x1b\\link\x1b]8;;\x1b\\',
  '\x1bPq#0~-\x1b\\dcs',
  '\x1b_Gi=31;a\x1b\\apc',
  '\x1b^pm\x1b\\',
  '\x1bXsos\x1b\\',
  '\x1b[6n\x1b[c\x1b[?1049l\x1bc',
  ...Array.from({length: 32}, (_, code) => `c1${String.fromCharCode(0x80 + code)}2Jx`),
  ...Array.from({length: 32}, (_, code) => `c0${String.fromCharCode(code)}x`),
  'del\x7fx',
  'line\u2028para\u2029end',
  'bidi \u202eevil\u202c \u2066isolate\u2069 \u200f\u061c',
  'zero\u200bwidth\u200djoin\u2060er\ufeffbom',
  '\u{e0001}\u{e0041}\u{e0042}tags',
  'a\ufe0fb\ufe0e\u{e0100}',
  `z${'\u0301\u0327\u20dd'.repeat(3334)}algo`,
  'lone \ud800 and \udc00 turned \udc00\ud800',
  '漢字かな한국어',
  '👩‍👩‍👧‍👦👍🏽🇩🇪1️⃣🏳️‍🌈',
  '\u3164\u115f\u1160\uffa0fillers',
  '\ufdfd\ufdfa \u{12219}\u2e3b',
  'soft\u00adhyphen',
  '한'.normalize('NFD'),
  '\u0301begins with a mark',
  '\u{1f1e6}',
  '',
  '   ',
  ' lead and trail ',
] as const;

/** What spreadsheets run, or take for a number. */
const FOR_SPREADSHEETS = [
  "=cmd|' /C calc'!A0",
  '=1+1',
  '+1',
  '-1',
  '-',
  '@SUM(1)',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  '＝1+1',
  '＋1',
  '－1',
  '＠SUM(1)',
  ' =1+1',
  '\u00a0=1+1',
  '\u200b=1+1',
  '\u0000=1+1',
  '\u202e=1+1',
  '\ufeff=1+1',
  "'=1+1",
  "''=1+1",
  '"=1+1"',
  'a";=1+1;"',
  'a;=1+1',
  'a,=1+1',
  'a\t=1+1',
  'a\n=1+1',
  'a\r\n=1+1,=1+1',
  'DDE("cmd";"/C calc";"a")',
  '=HYPERLINK("http://127.0.0.1:1/?"&A1)',
  '1e999',
  '2026-10-01',
  '|calc',
  '%1',
] as const;

/** What objects in JavaScript have already. */
const FOR_OBJECTS = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '0', 'length'] as const;

/** Every one of these is a name of each kind in turn. */
export const HOSTILE_TEXTS: readonly string[] = [...FOR_TERMINALS, ...FOR_SPREADSHEETS, ...FOR_OBJECTS];

/** A text of which nobody can see the end. */
export const ENDLESS = ['n'.repeat(10_000), `long ${'漢'.repeat(5000)}`, 'm'.repeat(1_000_000)] as const;

const DAY = 86_400;

/** What the server says of the nth text: as id, as name, as model, and as the name of a field. */
export function hostileRow(texts: readonly string[], index: number) {
  const at = (offset: number) => texts[(index + offset) % texts.length] ?? '';
  return {
    input_tokens: index + 1,
    output_tokens: 2 * index,
    num_model_requests: 1,
    // A request for each: names of keys and users are hostile enough.
    project_id: `p${index % 12}${texts[index % 12]}`,
    user_id: `u${index}${at(1)}`,
    api_key_id: `k${index}${at(2)}`,
    model: at(3),
    service_tier: at(4),
    note: at(5),
  };
}

/** An organization whose every text is hostile; each of `fields` is a column, of texts and of numbers in turn. */
export function serveHostile(texts: readonly string[], fields: readonly string[] = texts) {
  const rows = texts.map((_, index) => hostileRow(texts, index));
  const list = (data: readonly object[]) => ({object: 'list', data, has_more: false, last_id: null});
  return serveScript(({path, query}, response) => {
    const start = Number(query.get('start_time'));
    const page = (results: readonly unknown[]) => ({
      data: Array.from({length: (Number(query.get('end_time')) - start) / DAY}, (_, day) => ({
        start_time: start + day * DAY,
        end_time: start + (day + 1) * DAY,
        results: day === 0 ? results : results.slice(0, 1),
      })),
      has_more: false,
      next_page: null,
    });
    if (path.endsWith('/completions')) {
      const own = fields.map((field, index) => [field, index % 2 === 0 ? index : `value ${field}`] as const);
      return page(rows.map(row => ({...row, ...unnamed(own)})));
    }
    if (path.endsWith('/costs')) {
      return page(
        rows.map(({project_id, api_key_id, model}, index) => ({
          amount: {value: index + 0.5, currency: index % 3 === 0 ? texts[index] : 'usd'},
          project_id,
          api_key_id,
          line_item: model,
          quantity: index,
          quantity_unit: texts[index],
        })),
      );
    }
    if (path.includes('/usage/')) return page([]);
    if (path.endsWith('/projects')) {
      return list(rows.map(({project_id}, index) => ({id: project_id, name: texts[index], status: texts[index]})));
    }
    if (path.endsWith('/users')) {
      return list(rows.map(({user_id, note}, index) => ({id: user_id, name: texts[index], email: note})));
    }
    if (path.endsWith('/api_keys')) {
      const owner = (index: number) => ({type: 'user', user: {id: rows[index]?.user_id, name: texts[index]}});
      return list(
        rows.map(({api_key_id, model}, index) => ({
          id: api_key_id,
          name: texts[index],
          redacted_value: model,
          owner: owner(index),
        })),
      );
    }
    if (path.endsWith('/admin_api_keys') || path.endsWith('/service_accounts')) return list([]);
    sendJson(response, {error: {message: texts.join(' ')}}, 404);
    return undefined;
  });
}

/** Own fields whatever they are called: JSON.stringify writes them, as it does those that JSON.parse made. */
function unnamed(entries: readonly (readonly [string, unknown])[]): object {
  const fields = {};
  for (const [name, value] of entries) Object.defineProperty(fields, name, {value, enumerable: true});
  return fields;
}
