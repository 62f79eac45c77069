import {createContext, useContext} from 'react';

export const OfflineContext = createContext(false);

/** Whether nothing is asked of the API in this session: then every screen says so. */
export function useOffline(): boolean {
  return useContext(OfflineContext);
}
