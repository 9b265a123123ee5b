import { extname } from "node:path";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".xml": "application/xml",
  ".xsd": "application/xml",
};

/** Media type of a file of a package, by its name. */
export function lookup(name: string): string {
  return TYPES[extname(name)] ?? "application/octet-stream";
}
