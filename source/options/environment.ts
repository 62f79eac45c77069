import path from 'node:path';
import type {Arguments} from './arguments.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** How to talk to the terminal. */
export type DisplayOptions = {readonly color: boolean; readonly ascii: boolean; readonly debug: boolean};

/** Reads display flags, `NO_COLOR` (no-color.org: any text but the empty one), `TERM`, `LOG_LEVEL` and the locale. */
export function readDisplay(given: Arguments, environment: Environment): DisplayOptions {
  const isColorUnwanted = given.isGiven('no-color') || Boolean(environment['NO_COLOR']);
  return {
    color: !isColorUnwanted && environment['TERM'] !== 'dumb',
    ascii: given.isGiven('ascii') || isAsciiLocale(environment),
    debug: given.isGiven('debug') || environment['LOG_LEVEL']?.trim().toLowerCase() === 'debug',
  };
}

/**
 * Whether the locale says that the terminal does not read UTF-8: it is C or POSIX, or names another character set.
 * Nothing set says nothing (containers, ssh without SendEnv), and nearly every terminal of today reads UTF-8; but who
 * sets C did it by hand, and plain lines are right everywhere while broken ones are not. POSIX: the first one counts.
 */
function isAsciiLocale(environment: Environment): boolean {
  const variable = localeVariable(environment);
  const locale = (variable && environment[variable]) ?? '';
  if (/^(C|POSIX)$/i.test(locale)) return true;
  const characterSet = /\.([^@]+)/.exec(locale)?.[1];
  return characterSet !== undefined && !/^utf-?8$/i.test(characterSet);
}

/** The variable that says which characters there are; undefined where nothing does. */
export function localeVariable(environment: Environment): string | undefined {
  return ['LC_ALL', 'LC_CTYPE', 'LANG'].find(name => environment[name]);
}

/**
 * The folder of the cache: the flag's, else $OPENAI_USAGE_CACHE_DIR, else openai-usage in $XDG_CACHE_HOME (an absolute
 * path, says its specification) or where the platform keeps caches. A relative flag or variable stays relative.
 * Undefined without a home folder: there is nowhere to keep anything.
 */
export function cacheFolder(
  environment: Environment,
  home: string | undefined,
  platform: NodeJS.Platform,
  flag?: string,
): string | undefined {
  const {join, isAbsolute} = platform === 'win32' ? path.win32 : path.posix;
  const absolute = (folder: string | undefined) => (folder && isAbsolute(folder) ? folder : undefined);
  const ofHome = absolute(home);
  const chosen = flag || environment['OPENAI_USAGE_CACHE_DIR'];
  if (chosen) {
    // Shells leave the tilde of --cache-dir=~/x and of variables in files as it is.
    return ofHome !== undefined && /^~[/\\]/.test(chosen) ? join(ofHome, chosen.slice(2)) : chosen;
  }
  const xdg = absolute(environment['XDG_CACHE_HOME']);
  if (xdg !== undefined) return join(xdg, 'openai-usage');
  if (platform === 'win32') {
    const local = absolute(environment['LOCALAPPDATA']) ?? (ofHome && join(ofHome, 'AppData', 'Local'));
    return local && join(local, 'openai-usage', 'Cache');
  }
  return ofHome && join(ofHome, ...(platform === 'darwin' ? ['Library', 'Caches'] : ['.cache']), 'openai-usage');
}
