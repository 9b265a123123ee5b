import type { Account, Actor, Identifiers } from "@coursemesh/xapi/statement.ts";

/**
 * The agent a person means: an e-mail address, `name @ https://home.page` for an account, an OpenID, the SHA-1 of a mailbox, or JSON.
 * Undefined for anything else.
 */
export function agentOfText(text: string): Identifiers | undefined {
  const trimmed = text.trim();
  if (trimmed.startsWith("{")) return agentOfJson(trimmed);
  const account = /^(.+?)\s*@\s*(https?:\/\/\S+)$/.exec(trimmed);
  if (account?.[1] && account[2]) return { account: { homePage: account[2], name: account[1] } };
  if (/^https?:\/\/\S+$/.test(trimmed)) return { openid: trimmed };
  if (/^[0-9a-f]{40}$/i.test(trimmed)) return { mbox_sha1sum: trimmed };
  const address = trimmed.replace(/^mailto:/i, "");
  return /^[^\s@]+@[^\s@]+$/.test(address) ? { mbox: `mailto:${address}` } : undefined;
}

/** What tells an agent from others, in the form people type it; empty for an anonymous group. */
export function textOfAgent(agent: Identifiers): string {
  if (agent.mbox) return agent.mbox.replace(/^mailto:/, "");
  if (agent.account) return `${agent.account.name} @ ${agent.account.homePage}`;
  return agent.openid ?? agent.mbox_sha1sum ?? "";
}

/** Name of an agent or group for a sentence. */
export function nameOfAgent(actor: Actor): string {
  if (actor.name) return actor.name;
  if (actor.account) return accountName(actor.account);
  const text = textOfAgent(actor);
  if (text) return text;
  const members = "member" in actor ? (actor.member ?? []) : [];
  return members.map(nameOfAgent).join(", ");
}

/** What identifies an agent and nothing else, as a filter wants it. */
export function identifiersOf(actor: Identifiers): Identifiers {
  const { mbox, mbox_sha1sum, openid, account } = actor;
  return {
    ...(mbox && { mbox }),
    ...(mbox_sha1sum && { mbox_sha1sum }),
    ...(openid && { openid }),
    ...(account && { account }),
  };
}

function accountName({ name, homePage }: Account): string {
  return name || homePage;
}

function agentOfJson(text: string): Identifiers | undefined {
  try {
    const agent = JSON.parse(text) as Identifiers;
    return textOfAgent(agent) === "" ? undefined : agent;
  } catch {
    return undefined;
  }
}
