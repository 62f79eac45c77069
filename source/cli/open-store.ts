import {Store} from '../usage/store.ts';
import type {System} from './system.ts';

/** The cache in that folder, which believes no file of anybody else's; without a folder, in memory alone. */
export function openStore(system: System, folder: string | undefined, onTrouble: (sentence: string) => void): Store {
  const {now, user, home} = system;
  return new Store({folder, now, user, home, onTrouble});
}
