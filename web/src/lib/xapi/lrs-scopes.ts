/** Scopes of the learning record store, in the order people read them. */
export const LRS_SCOPES = [
  "statement:write",
  "statement:readmine",
  "statement:read",
  "state:read",
  "state:write",
  "profile:read",
  "profile:write",
  "lrs:admin",
] as const;

/** A scope of the learning record store. */
export type LrsScope = (typeof LRS_SCOPES)[number];

/** What systems that speak the Experience API usually need, each by the scopes it takes. */
export const LRS_PRESETS = {
  write: ["statement:write"],
  writeReadOwn: ["statement:write", "statement:readmine"],
  documents: ["state:read", "state:write", "profile:read", "profile:write"],
  readAll: ["statement:readmine", "statement:read", "state:read", "profile:read"],
  all: [
    "statement:write",
    "statement:readmine",
    "statement:read",
    "state:read",
    "state:write",
    "profile:read",
    "profile:write",
  ],
} as const satisfies Readonly<Record<string, readonly LrsScope[]>>;

/** Name of a preset. */
export type LrsPreset = keyof typeof LRS_PRESETS;

/** The preset that gives exactly these scopes; undefined when none does. */
export function presetOf(scopes: readonly string[]): LrsPreset | undefined {
  const wanted = [...scopes].sort().join();
  return (Object.keys(LRS_PRESETS) as LrsPreset[]).find((name) => [...LRS_PRESETS[name]].sort().join() === wanted);
}

/** True for a scope of the learning record store. */
export function isLrsScope(scope: string): scope is LrsScope {
  return (LRS_SCOPES as readonly string[]).includes(scope);
}
