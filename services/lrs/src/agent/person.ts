import type { Actor } from "@coursemesh/xapi/statement.ts";

/** What the agents resource answers: every property is a list (1.0.3 Communication 2.4). */
export interface Person {
  readonly objectType: "Person";
  readonly name?: readonly string[];
  readonly mbox?: readonly string[];
  readonly mbox_sha1sum?: readonly string[];
  readonly openid?: readonly string[];
  readonly account?: readonly unknown[];
}

/**
 * The Person of an agent: its identifier and every name it was seen with, or the name in the question when it was never seen.
 * Agents with different identifiers are different persons; which of them are one human being is not for an LRS to guess.
 * @param names all that are known, the newest last; they come newest first.
 */
export function personOf(agent: Actor, names: readonly string[]): Person {
  const { mbox, mbox_sha1sum, openid, account, name } = agent;
  const known = names.length > 0 ? names.toReversed() : name === undefined ? [] : [name];
  return {
    objectType: "Person",
    ...(known.length > 0 && { name: known }),
    ...(mbox !== undefined && { mbox: [mbox] }),
    ...(mbox_sha1sum !== undefined && { mbox_sha1sum: [mbox_sha1sum] }),
    ...(openid !== undefined && { openid: [openid] }),
    ...(account !== undefined && { account: [account] }),
  };
}
