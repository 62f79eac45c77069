import {givenNames, surnames, unusualNames} from './names.ts';
import {type Purpose, purposes} from './projects.ts';
import {hash, idOf, pick, unit} from './random.ts';

/** The organization's first day, 2024-09-13, in days since 1970-01-01: 800 days before 2026-11-22. */
export const firstDay = 19_979;

const secondsPerDay = 86_400;
const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 1000 / secondsPerDay;

export type Project = {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly archivedAt: number | null;
  readonly purpose: Purpose;
};

export type Person = {
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly role: 'owner' | 'reader';
  readonly createdAt: number;
  readonly hasLeft: boolean;
};

export type ServiceAccount = {
  readonly id: string;
  readonly name: string;
  readonly project: Project;
  readonly createdAt: number;
};

export type Owner =
  | {readonly type: 'user'; readonly user: Person}
  | {readonly type: 'service_account'; readonly account: ServiceAccount};

export type Key = {
  readonly id: string;
  readonly name: string;
  readonly project: Project;
  readonly owner: Owner;
  readonly createdAt: number;
  readonly redacted: string;
  readonly hasAccess: boolean;
  /** A deleted key is in no list, but its usage stays. */
  readonly isDeleted: boolean;
};

export type AdminKey = {
  readonly id: string;
  readonly name: string | null;
  readonly owner: Person;
  readonly createdAt: number;
  readonly redacted: string;
};

export type Organization = {
  readonly seed: number;
  readonly projects: readonly Project[];
  /** Those the users list holds: forty at scale 1. Who left owns keys still, but is no user. */
  readonly users: readonly Person[];
  readonly serviceAccounts: readonly ServiceAccount[];
  /** All keys that were ever used, deleted ones too: ninety at scale 1. */
  readonly keys: readonly Key[];
  readonly adminKeys: readonly AdminKey[];
};

/** The number of the key that causes the spike: Data Platform's catalogue-backfill. */
export const spikingKey = 7;

const redactedOf = (prefix: string, seed: number, number: number): string =>
  `${prefix}${'*'.repeat(12)}${idOf('', seed, number).slice(0, 4)}`;

function projectsOf(seed: number): Project[] {
  return purposes.map((purpose, number) => ({
    id: idOf('proj_', seed, number),
    name: purpose.name,
    createdAt: (firstDay - 60 + number) * secondsPerDay + 36_000,
    archivedAt: purpose.archived === undefined ? null : dayOf(purpose.archived) * secondsPerDay + 61_200,
    purpose,
  }));
}

function personOf(seed: number, number: number, hasLeft: boolean): Person {
  const given = pick(givenNames, number);
  const surname = pick(surnames, number * 7 + Math.floor(number / givenNames.length));
  const mail = `${given}.${surname}${number < 200 ? '' : number}@lumen.example`.toLowerCase();
  return {
    id: idOf('user-', seed, number),
    // Invitations not yet accepted have no name, single sign-on may hide the address: the document allows both.
    name: number % 40 === 11 || number % 40 === 33 ? null : (unusualNames[number] ?? `${given} ${surname}`),
    email: number % 40 === 17 || number % 40 === 33 ? null : mail,
    role: number % 13 === 0 ? 'owner' : 'reader',
    createdAt: (firstDay - 30 + (hash(seed, number, 3) % 600)) * secondsPerDay + 30_000,
    hasLeft,
  };
}

function keyOf(seed: number, number: number, project: Project, ordinal: number, owner: Owner): Key {
  const isDeleted = number % 23 === 17;
  // Half of the keys are from the first 190 days; the square makes the organization grow slowly after them. Nobody
  // makes a key for an archived project, and the spiking key must be older than its spike.
  const age = unit(seed, number, 5) ** 2;
  const life = project.archivedAt === null && number !== spikingKey ? 770 : 200;
  const {keyNames} = project.purpose;
  const copy = Math.floor(ordinal / keyNames.length) + 1;
  return {
    id: idOf('key_', seed, number),
    name: `${pick(keyNames, ordinal)}${copy === 1 ? '' : `-${copy}`}`,
    project,
    owner,
    createdAt: (firstDay + Math.floor(age * life)) * secondsPerDay + (hash(seed, number, 6) % 40_000),
    redacted: redactedOf(owner.type === 'user' ? 'sk-proj-' : 'sk-svcacct-', seed, number),
    hasAccess: number % 11 !== 4,
    isDeleted,
  };
}

/**
 * The organization of that seed. The scale multiplies the keys, by which the rows grow; users grow with its square root
 * and projects stay a dozen, so that the lists stay readable where the rows are many.
 */
export function createOrganization(seed: number, scale: number): Organization {
  const projects = projectsOf(seed);
  const slots = projects.flatMap(project => Array.from({length: project.purpose.share}, () => project));
  const userCount = Math.max(4, Math.round(40 * Math.sqrt(scale)));
  const users = Array.from({length: userCount}, (_, number) => personOf(seed, number, false));
  const former = Array.from({length: 3}, (_, number) => personOf(seed, 100_000 + number, true));
  const serviceAccounts = projects
    .filter(project => project.purpose.keyNames.length > 1)
    .map((project, number) => ({
      id: idOf('svc_acct_', seed, number),
      name: `${project.name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}-service`,
      project,
      createdAt: (firstDay + number) * secondsPerDay + 40_000,
    }));
  const keys = Array.from({length: Math.max(4, Math.round(90 * scale))}, (_, number) => {
    // 7 and the number of slots share no factor, so every run of 32 keys gives each project its share.
    const slot = (number * 7) % slots.length;
    const project = pick(slots, slot);
    const round = Math.floor(number / slots.length);
    const ordinal = slot - slots.indexOf(project) + round * project.purpose.share;
    const account = serviceAccounts.find(each => each.project === project);
    const user = pick(number % 22 === 4 ? former : users, hash(seed, number, 4));
    const isMachine = account !== undefined && (number % 3 === 0 || number === spikingKey) && number % 11 !== 4;
    const owner: Owner = isMachine ? {type: 'service_account', account} : {type: 'user', user};
    return keyOf(seed, number, project, ordinal, owner);
  });
  const adminKeys = ['Usage dashboard', 'Terraform', 'Finance export', null].map((name, number) => ({
    id: idOf('key_', seed, 1_000_000 + number),
    name,
    owner: pick(users, number * 13),
    createdAt: (firstDay + 30 * number) * secondsPerDay + 50_000,
    redacted: redactedOf('sk-admin-', seed, 1_000_000 + number),
  }));
  return {seed, projects, users, serviceAccounts, keys, adminKeys};
}
