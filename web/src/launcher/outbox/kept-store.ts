/** A small store of texts by key. Never throws; what it cannot keep is gone with the page. */
export interface KeptStore {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
  remove(key: string): void;
  keys(): readonly string[];
}

/** The browser's own store where a page may use it: learning platforms in strange frames and private windows may not. */
export function keptStore(storage: () => Storage = () => localStorage): KeptStore {
  const attempt = <T>(act: (store: Storage) => T, otherwise: T): T => {
    try {
      return act(storage());
    } catch {
      return otherwise;
    }
  };
  return {
    get: (key) => attempt((store) => store.getItem(key) ?? undefined, undefined),
    set: (key, value) => attempt((store) => store.setItem(key, value), undefined),
    remove: (key) => attempt((store) => store.removeItem(key), undefined),
    keys: () => attempt((store) => Object.keys(store), []),
  };
}
