import type { Edition } from "../sequencing/activity-tree.ts";

/** Where the editions of SCORM 2004 differ for a SCO. Plain JSON: it is stored with an open session. */
export interface Scorm2004Behaviour {
  /** `adl.data.n.id` and `.store` exist (4th edition, RTE 4.3). */
  readonly sharedData: boolean;
  /** `jump` can be requested, and `adl.nav.request_valid.jump` exists (4th edition, SN 4.4). */
  readonly jump: boolean;
  /** `suspendAll` can be requested (since the 3rd edition). */
  readonly suspendAll: boolean;
  /** Characters of `cmi.suspend_data` that every LMS must keep: 4,000 in the 2nd edition, then 64,000. Longer texts are kept and remarked on. */
  readonly suspendDataSpm: number;
}

const fourth: Scorm2004Behaviour = { sharedData: true, jump: true, suspendAll: true, suspendDataSpm: 64_000 };
const third: Scorm2004Behaviour = { ...fourth, sharedData: false, jump: false };
const second: Scorm2004Behaviour = { ...third, suspendAll: false, suspendDataSpm: 4_000 };

/** The behaviour of an edition as its book has it. */
export function behaviourOf(edition: Edition): Scorm2004Behaviour {
  return edition === "4th" ? fourth : edition === "3rd" ? third : second;
}
