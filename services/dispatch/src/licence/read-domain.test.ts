import { reasonOf } from "@coursemesh/platform/errors/service-error.ts";
import { expect, it } from "vitest";
import { readDomain } from "./read-domain.ts";

it.each([
  ["lms.example.com", "lms.example.com"],
  [" LMS.Example.COM. ", "lms.example.com"],
  ["https://lms.example.com:8443/course/view.php?id=1", "lms.example.com:8443"],
  ["*.example.com", "*.example.com"],
  ["*.example.com:444", "*.example.com:444"],
  ["localhost", "localhost"],
  ["127.0.0.1:3000", "127.0.0.1:3000"],
  ["http://[::1]:80", "[::1]:80"],
  ["bücher.example", "xn--bcher-kva.example"],
  ["my_host.example", "my_host.example"],
])("reads %s as %s", (text, domain) => {
  expect(readDomain(text, "domain")).toBe(domain);
});

it.each([
  "",
  "*",
  "*.",
  "a b",
  "a..b",
  "*.*.example",
  "ftp://x",
  "a*b.example",
  "x".repeat(300),
  "-a.example",
  "a:b",
])("refuses %s", (text) => {
  let reason: string | undefined;
  try {
    readDomain(text, "domain");
  } catch (error) {
    reason = reasonOf(error);
  }
  expect(reason).toBe("FIELD_INVALID");
});
