import { domainToASCII } from "node:url";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";

const HOST =
  /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*|\[[0-9a-f:.]+\])$/;
const PARTS = /^(\*\.)?(\[[^\]]*\]|[^:]*)(:\d{1,5})?$/;

/**
 * A host with or without a port, or `*.` and a host for all below it, in lower case and ASCII. A whole address is taken for its host, because
 * people paste those. @throws FIELD_INVALID
 */
export function readDomain(text: string, field: string): string {
  const [authority = ""] = text
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, "")
    .split("/");
  const [, below = "", name = "", port = ""] = PARTS.exec(authority) ?? [];
  const plain = name.replace(/\.$/, "");
  const host = plain.startsWith("[") ? plain : domainToASCII(plain) || plain;
  if (!HOST.test(host) || host.length > 253)
    throw fieldInvalid(field, `${text} is neither a host such as lms.example.com nor *.example.com`);
  return below + host + port;
}
