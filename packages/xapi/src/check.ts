import type { Finding } from "./finding.ts";
import type { XapiVersion } from "./version.ts";

/** A hostile batch could hold more mistakes than anyone reads. */
const MOST_FINDINGS = 20;

/** One run of the rules over one value: knows the place it is at, and writes the place out only when something is wrong there. */
export class Check {
  readonly version: XapiVersion;
  readonly findings: Finding[] = [];
  readonly #keys: (string | number)[] = [];

  constructor(version: XapiVersion) {
    this.version = version;
  }

  /** Steps into a property or an element. Every call has its `leave`. */
  enter(key: string | number): void {
    this.#keys.push(key);
  }

  leave(): void {
    this.#keys.pop();
  }

  /** True when looking further is pointless. */
  get full(): boolean {
    return this.findings.length >= MOST_FINDINGS;
  }

  report(requirement: string, message: string): void {
    if (!this.full) this.findings.push({ path: pathOf(this.#keys), requirement, message });
  }
}

/** `$.a.b[0]`, with keys that are no names in brackets: `$.extensions["http://…"]`. */
export function pathOf(keys: readonly (string | number)[]): string {
  let path = "$";
  for (const key of keys) {
    if (typeof key === "number") path += `[${key}]`;
    else path += /^[A-Za-z_]\w{0,60}$/.test(key) ? `.${key}` : `[${shown(key)}]`;
  }
  return path;
}

/** A value as it appears in messages: short, whatever came in. */
export function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" && value !== null) return "an object";
  return String(value);
}
