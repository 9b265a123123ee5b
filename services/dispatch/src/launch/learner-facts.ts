import { createHmac } from "node:crypto";
import type { HostLearner } from "@coursemesh/proto/coursemesh/dispatch/v1/launch_pb.ts";

/** Where a learner comes from. */
export interface LearnerPlace {
  readonly tenantId: string;
  readonly destinationId: string;
}

/** What is stored of a learner. */
export interface StoredLearner {
  /** Finds the learner again within the destination. */
  readonly key: string;
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** For the course, as the runtime keeps it. */
  readonly runtime: {
    readonly id: string;
    readonly firstName: string;
    readonly lastName: string;
    readonly email: string;
  };
}

const MAX_RUNTIME_TEXT = 255;
/** As browsers check addresses; hosts write all kinds of things into theirs. */
const EMAIL =
  /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;

/** Keyed hash of the host's learner id, in base64url; the same in all dispatches of a destination, and in no other. */
export function learnerKeyOf(key: Buffer, { tenantId, destinationId }: LearnerPlace, learnerId: string): string {
  return hashed(key, tenantId, destinationId, learnerId);
}

/**
 * What of a learner goes into our tables. Where learners are hashed, or nothing is tracked, nothing does that says who it is.
 * @param destination external id of the destination, which keeps learners of two customers apart.
 */
export function storedLearner(
  key: Buffer,
  place: LearnerPlace & { readonly destination: string },
  learner: HostLearner,
  { hashLearner, tracked }: { readonly hashLearner: boolean; readonly tracked: boolean },
): StoredLearner {
  const { tenantId, destinationId, destination } = place;
  const learnerKey = learnerKeyOf(key, place, learner.id);
  const pseudonym = { id: learnerKey, firstName: "", lastName: "Learner", email: "" };
  if (!tracked) return { key: learnerKey, id: learnerKey, name: "", email: "", runtime: pseudonym };
  if (hashLearner) {
    const hide = (what: string, text: string): string =>
      text === "" ? "" : hashed(key, tenantId, destinationId, what, text.trim().toLowerCase());
    const { name, email } = learner;
    return {
      key: learnerKey,
      id: learnerKey,
      name: hide("name", name),
      email: hide("email", email),
      runtime: pseudonym,
    };
  }
  const id = `${destination}/${learner.id}`;
  return {
    key: learnerKey,
    id: learner.id,
    name: learner.name,
    email: learner.email,
    runtime: {
      id: id.length > MAX_RUNTIME_TEXT ? learnerKey : id,
      ...readName(learner.name === "" ? learner.id : learner.name),
      email: EMAIL.test(learner.email) ? learner.email : "",
    },
  };
}

/** `Last, First` as SCORM has it; a name without a comma ends with the last name. */
export function readName(name: string): { readonly firstName: string; readonly lastName: string } {
  const [last = "", ...rest] = name.split(",");
  const cut = (text: string): string => text.trim().slice(0, MAX_RUNTIME_TEXT);
  if (rest.length > 0) return { firstName: cut(rest.join(",")), lastName: cut(last) };
  const words = name.trim().split(/\s+/);
  return { firstName: cut(words.slice(0, -1).join(" ")), lastName: cut(words.at(-1) ?? "") };
}

function hashed(key: Buffer, ...texts: readonly string[]): string {
  return createHmac("sha256", key).update(texts.join("\0")).digest("base64url");
}
