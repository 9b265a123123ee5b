import type { Identifiers } from "./statement.ts";

/**
 * One text per agent or identified group, whatever else is said of it: `mbox::mailto:…`, `mbox_sha1sum::…`, `openid::…` or
 * `account::name@homePage` (1.0.3 Data 2.4.2.3). Domains of addresses and hexadecimal digits are compared without case, so they are
 * lower-case here (Data 2.3.1 "Case sensitivity"). Undefined for an anonymous group.
 *
 * The last `@` of an account's key parts name and home page, whatever the name holds: one in the home page is written as a space, which
 * no IRL has. U+0000 and halves of surrogate pairs, which databases refuse in texts, are U+FFFD here.
 */
export function agentKey(agent: Identifiers): string | undefined {
  if (agent.mbox !== undefined) {
    const at = agent.mbox.lastIndexOf("@");
    return `mbox::${agent.mbox.slice(0, at)}${agent.mbox.slice(at).toLowerCase()}`;
  }
  if (agent.mbox_sha1sum !== undefined) return `mbox_sha1sum::${agent.mbox_sha1sum.toLowerCase()}`;
  if (agent.openid !== undefined) return `openid::${agent.openid}`;
  if (agent.account !== undefined)
    return `account::${storable(agent.account.name)}@${agent.account.homePage.replaceAll("@", " ")}`;
  return undefined;
}

const storable = (text: string) => text.toWellFormed().replaceAll("\u0000", "\ufffd");
