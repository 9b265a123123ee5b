import type { DataMap } from "../sequencing/activity-tree.ts";
import { elementRule } from "./element-table.ts";
import type { ErrorCode } from "./error-code.ts";
import { indexIn } from "./index-in.ts";
import type { Judge } from "./judge.ts";
import { refusalOf } from "./unknown-element.ts";

/** Texts that activities share, by the target id of their data maps. Whoever keeps it decides how far it reaches (`sharedDataGlobalToSystem`). Plain JSON. */
export type SharedData = Readonly<Record<string, string>>;

const prefix = "adl.data.".length;
const storeRule = elementRule("adl.data.n.store");

/** `adl.data` (4th edition, RTE 4.3): what the activity's data maps let it see and change of the shared texts. */
export class SharedDataList {
  /** Error code of the last `get`. */
  error: ErrorCode = "0";
  readonly #maps: readonly DataMap[];
  readonly #judge: Judge;
  readonly #texts: Map<string, string>;
  #snapshot: SharedData | undefined;

  constructor(maps: readonly DataMap[], shared: SharedData, judge: Judge) {
    this.#maps = maps;
    this.#judge = judge;
    this.#texts = new Map(Object.entries(shared));
    this.#snapshot = shared;
  }

  get length(): number {
    return this.#maps.length;
  }

  /** The same object until something is written. */
  snapshot(): SharedData {
    this.#snapshot ??= Object.fromEntries(this.#texts);
    return this.#snapshot;
  }

  get(element: string): string {
    const dot = element.indexOf(".", prefix);
    const index = indexIn(element, prefix, dot);
    const field = element.slice(dot + 1);
    if (index < 0 || (field !== "id" && field !== "store")) return this.#refuse(refusalOf(element, "get"));
    const map = this.#maps[index];
    if (map === undefined) return this.#refuse("301");
    if (field === "store" && map.readSharedData === false) return this.#refuse("405");
    // An empty text and none are the same here, as in ADL's own LMS.
    const value = field === "id" ? map.targetId : (this.#texts.get(map.targetId) ?? "");
    if (value === "") return this.#refuse("403");
    this.error = "0";
    return value;
  }

  set(element: string, value: string): ErrorCode {
    const dot = element.indexOf(".", prefix);
    const index = indexIn(element, prefix, dot);
    const field = element.slice(dot + 1);
    if (index < 0 || (field !== "id" && field !== "store")) return refusalOf(element, "set");
    if (field === "id") return "404";
    const map = this.#maps[index];
    if (map === undefined) return "351";
    if (map.writeSharedData === false) return "404";
    const code = this.#judge.judge(storeRule, value);
    if (code === "0") {
      this.#texts.set(map.targetId, value);
      this.#snapshot = undefined;
    }
    return code;
  }

  #refuse(code: ErrorCode): string {
    this.error = code;
    return "";
  }
}
