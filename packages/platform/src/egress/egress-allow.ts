import { BlockList, isIP } from "node:net";
import { z } from "zod";

/** Exceptions an operator makes for addresses that the guard would refuse. */
export interface EgressAllow {
  /** Whether everything at this host name and port is allowed, whatever it resolves to. */
  host(hostname: string, port: number): boolean;
  /** Whether this IP address and port are allowed, whatever name led to them. */
  address(address: string, port: number): boolean;
}

interface Entry {
  readonly host: string | undefined;
  readonly network: BlockList | undefined;
  /** Undefined: any. */
  readonly port: number | undefined;
}

const ENTRY =
  /^(?:\[(?<six>[^\]]+)\]|(?<text>[^:[\]]+)|(?<bareSix>[0-9a-f]*:[0-9a-f:.]*(?:\/\d+)?))(?::(?<port>\d{1,5}))?$/i;
const HOST = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/;

/**
 * Reads a list such as `lrs.internal:8443, 10.1.0.0/16, [::1]:9000`: host names, addresses or networks, each with or without a port,
 * separated by commas. @throws Error naming the entry that cannot be read
 */
export function readEgressAllow(text: string): EgressAllow {
  const entries = text.split(",").flatMap((part) => (part.trim() === "" ? [] : [readEntry(part.trim().toLowerCase())]));
  const matches = (entry: Entry, port: number): boolean => entry.port === undefined || entry.port === port;
  return {
    host: (hostname, port) => {
      const name = hostname.toLowerCase().replace(/\.$/, "");
      return entries.some((entry) => entry.host === name && matches(entry, port));
    },
    address: (address, port) => {
      const family = isIP(address) === 6 ? "ipv6" : "ipv4";
      return entries.some((entry) => entry.network?.check(address, family) && matches(entry, port));
    },
  };
}

/** Configuration value `EGRESS_ALLOW`. Empty: no exceptions. */
export const egressAllow = z
  .string()
  .default("")
  .transform((text, context) => {
    try {
      return readEgressAllow(text);
    } catch (error) {
      context.addIssue({ code: "custom", message: (error as Error).message });
      return z.NEVER;
    }
  });

function readEntry(text: string): Entry {
  const found = ENTRY.exec(text)?.groups;
  const name = found?.six ?? found?.text ?? found?.bareSix ?? "";
  const port = found?.port === undefined ? undefined : Number(found.port);
  if (port !== undefined && (port < 1 || port > 65_535)) throw new Error(`${text}: there is no such port`);
  const [address = "", prefix] = name.split("/");
  const family = isIP(address);
  if (family === 0) {
    if (prefix !== undefined || !HOST.test(name)) throw new Error(`${text}: is no host, address or network`);
    return { host: name, network: undefined, port };
  }
  const bits = prefix === undefined ? (family === 4 ? 32 : 128) : Number(prefix);
  if (!/^\d+$/.test(prefix ?? "0") || bits > (family === 4 ? 32 : 128)) throw new Error(`${text}: is no network`);
  const network = new BlockList();
  network.addSubnet(address, bits, family === 4 ? "ipv4" : "ipv6");
  return { host: undefined, network, port };
}
