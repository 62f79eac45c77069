import {ENDPOINTS} from '../api/endpoints.ts';
import {type CommandName, FLAGS, GROUPS, PURPOSES} from './flags.ts';
import {type KnownNames, knownDimensions, knownMetrics} from './known-names.ts';

type Topic = Exclude<CommandName, 'cache clear'>;
type Line = readonly [left: string, right: string];

/** Narrow enough for every terminal. */
const width = 80;

const usage: Record<Topic, readonly Line[]> = {
  session: [
    ['openai-usage [options]', PURPOSES.session],
    ['openai-usage export [options]', PURPOSES.export],
    ['openai-usage summary [options]', PURPOSES.summary],
    ['openai-usage cache [clear] [options]', `${PURPOSES.cache}; clear it`],
    ['openai-usage doctor [options]', PURPOSES.doctor],
    ['openai-usage demo-api [options]', PURPOSES['demo-api']],
    ['openai-usage completion SHELL', PURPOSES.completion],
    ['openai-usage help [COMMAND]', 'this text, or that of a command'],
  ],
  export: [['openai-usage export [options]', 'write usage and costs to a file or to stdout']],
  summary: [['openai-usage summary [options]', 'who used or spent how much, and what changed']],
  cache: [
    ['openai-usage cache [options]', 'where the cache is and what it holds'],
    ['openai-usage cache clear [options]', PURPOSES['cache clear']],
  ],
  doctor: [['openai-usage doctor [options]', PURPOSES.doctor]],
  'demo-api': [['openai-usage demo-api [options]', 'serve the demo organization on 127.0.0.1']],
  completion: [['openai-usage completion bash|zsh|fish', 'print the script for a shell']],
};

const about: Record<Topic, string> = {
  session:
    'Who used what, when, and what did it cost: usage and costs of an OpenAI organization, in a table to read and to ' +
    'export. Where stdout is no terminal, it is openai-usage export --output -. Every command has its own --help.',
  export:
    'Data goes to the file or to stdout, everything else to stderr. A file that exists is kept unless --force is given. ' +
    'Files with endpoints missing are named ..._partial.',
  summary:
    'The figures of the Summary screen: a table on a terminal, CSV or JSON elsewhere. They go to stdout or to the file, ' +
    'everything else to stderr. With --compare only days that are over count, so that today never makes a false fall.',
  cache: 'A day fetched once is kept on disk, so that it is not asked for again. The admin key never is.',
  doctor:
    'Looks at Node.js, the terminal, the admin key (never shown), the way to the API, the clock and the cache: a line each, ' +
    'ok or what to do. It asks the API one small question, along the way that a fetch takes.',
  'demo-api':
    'Prints http://127.0.0.1:PORT/v1 and answers like the Admin API until it is stopped. It takes any bearer key.',
  completion:
    'With it, the Tab key completes commands, options, and the values of --range, --endpoints, --by and others. Where the ' +
    'script goes, so that every new shell has it, stands at its head. It sends nothing and needs no key.',
};

const examples: Record<Topic, readonly Line[]> = {
  session: [
    ['openai-usage', 'the last 7 days, all endpoints'],
    ['openai-usage --demo', 'look around without a key'],
    ['openai-usage --range last-month --endpoints completions,costs', ''],
  ],
  export: [
    ['openai-usage export --start 2026-10 --end 2026-10', 'October'],
    ['openai-usage export --last 30 --output - | head', 'to stdout'],
    ['openai-usage export --range this-year --output year.json', ''],
    ['openai-usage export --demo --output demo.csv', 'no key needed'],
  ],
  summary: [
    ['openai-usage summary --last 30', 'cost by project'],
    ['openai-usage summary --by model,project --range last-month', 'a table of both'],
    ['openai-usage summary --by key --range last-month --compare', 'what changed'],
    ['openai-usage summary --by day --metric tokens --output days.csv', ''],
    ['openai-usage summary --demo --by model --format json', 'no key needed'],
  ],
  cache: [
    ['openai-usage cache', 'path, files, size, days'],
    ['openai-usage cache clear', 'delete the usage days'],
    ['openai-usage cache clear --names', 'and the remembered names'],
  ],
  doctor: [
    ['openai-usage doctor', 'before the first fetch, or when one fails'],
    ['openai-usage doctor --offline', 'without asking the API'],
  ],
  'demo-api': [
    ['openai-usage demo-api --port 8080', ''],
    ['openai-usage demo-api --scale 10', 'ten times the rows'],
  ],
  completion: [
    ['source <(openai-usage completion bash)', 'in this bash'],
    ['source <(openai-usage completion zsh)', 'in this zsh, behind compinit'],
    ['openai-usage completion fish | source', 'in this fish'],
    ['openai-usage completion fish > ~/.config/fish/completions/openai-usage.fish', ''],
  ],
};

const working: readonly Topic[] = ['session', 'export', 'summary', 'cache', 'doctor', 'demo-api'];
const all: readonly Topic[] = [...working, 'completion'];
const fetching: readonly Topic[] = ['session', 'export', 'summary'];
const asking: readonly Topic[] = [...fetching, 'doctor'];

const variables: readonly (readonly [...Line, readonly Topic[]])[] = [
  ['OPENAI_ADMIN_KEY', 'the admin key; no option, others could read it', asking],
  ['OPENAI_BASE_URL', 'as --base-url', asking],
  ['OPENAI_ORG_ID', 'the organization, if the key knows several', asking],
  ['OPENAI_USAGE_CACHE_DIR', 'as --cache-dir', [...asking, 'cache']],
  ['XDG_CACHE_HOME', 'the cache is in openai-usage below it', [...asking, 'cache']],
  ['HTTPS_PROXY, ALL_PROXY', 'the proxy to the API, like http://USER:PASSWORD@HOST:PORT', asking],
  ['NO_PROXY', 'hosts, domains and networks that need none, or *', asking],
  ['NODE_EXTRA_CA_CERTS', 'a file of authorities (PEM) to trust as well', asking],
  ['NO_COLOR, TERM=dumb', 'as --no-color', working],
  ['LC_ALL, LC_CTYPE, LANG', 'as --ascii if they say C, POSIX or no UTF-8', working],
  ['LOG_LEVEL=debug', 'as --debug', working],
];

const exitCodes: readonly (readonly [...Line, readonly Topic[]])[] = [
  ['0', 'all is well', all],
  ['1', 'failed, nothing was written', working.filter(topic => topic !== 'doctor')],
  ['1', 'something is to be done', ['doctor']],
  ['2', 'wrong usage', all],
  ['3', 'some endpoints failed or days are missing; the rest was written', fetching],
  ['130, 143, 129', 'ended by Ctrl+C, SIGTERM, SIGHUP', working],
];

/** The help text of a command, at most 80 columns wide, with a line break at its end. */
export function help(command: CommandName): string {
  const topic = topicOf(command);
  const flags = FLAGS.filter(flag => flag.commands.some(name => topicOf(name) === topic));
  const lineOf = ({name, value}: (typeof flags)[number]) => `--${name}${value === undefined ? '' : ` ${value.shape}`}`;
  const helpOf = ({help, inSummary}: (typeof flags)[number]) => (topic === 'summary' ? (inSummary ?? help) : help);
  const left = Math.max(...flags.map(flag => lineOf(flag).length));
  const sections = GROUPS.map(group => ({
    heading: group,
    lines: flags.filter(flag => flag.group === group).map((flag): Line => [lineOf(flag), helpOf(flag)]),
  })).filter(({lines}) => lines.length > 0);

  return [
    section('Usage', usage[topic]),
    wrap(about[topic], width).join('\n'),
    ...sections.map(({heading, lines}) => section(heading, lines, left)),
    ...(topic === 'summary' ? [known('Dimensions', knownDimensions()), known('Metrics', knownMetrics())] : []),
    ...(fetching.includes(topic) ? [known('Endpoints', {names: ENDPOINTS.map(({name}) => name)})] : []),
    ...(working.includes(topic) ? [section('Environment', ofTopic(variables, topic))] : []),
    section('Exit codes', ofTopic(exitCodes, topic)),
    section('Examples', examples[topic]),
  ]
    .join('\n\n')
    .concat('\n');
}

function known(heading: string, {names}: Pick<KnownNames, 'names'>): string {
  return section(heading, [['', names.join(', ')]], 0);
}

/** `cache --help` tells of `cache clear` as well. */
function topicOf(command: CommandName): Topic {
  return command === 'cache clear' ? 'cache' : command;
}

function ofTopic(lines: readonly (readonly [...Line, readonly Topic[]])[], topic: Topic): readonly Line[] {
  return lines.flatMap(([left, right, topics]): Line[] => (topics.includes(topic) ? [[left, right]] : []));
}

/** A heading and two columns below it, the right one wrapped; `left` is the width of the left one. */
function section(heading: string, lines: readonly Line[], left = widest(lines)): string {
  const indent = left === 0 ? 2 : left + 4;
  const rows = lines.flatMap(([text, right]) =>
    wrap(right, width - indent).map((part, index) =>
      `${' '.repeat(2)}${index === 0 ? text : ''}`.padEnd(indent).concat(part).trimEnd(),
    ),
  );
  return [heading, ...rows].join('\n');
}

/** Only lines with something to the right need to line up. */
function widest(lines: readonly Line[]): number {
  return Math.max(0, ...lines.map(([text, right]) => (right === '' ? 0 : text.length)));
}

/** Lines of at most `room` characters, broken between words; one empty line for no words. */
function wrap(text: string, room: number): readonly string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= room) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
