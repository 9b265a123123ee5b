import { expect, it } from "vitest";
import { foldPath, pathCandidates } from "./path-candidates.ts";

it("decodes once, and keeps a percent sign that belongs to the name as second choice", () => {
  expect(pathCandidates("my%20page.html")).toEqual(["my page.html", "my%20page.html"]);
  expect(pathCandidates("100%25.html")).toEqual(["100%.html", "100%25.html"]);
  expect(pathCandidates("100%.html")).toEqual(["100%.html"]);
  expect(pathCandidates("a%2520b")).toEqual(["a%20b", "a%2520b"]);
});

it("reads addresses that were written in Windows-1252", () => {
  expect(pathCandidates("caf%E9.html")).toContain("café.html");
  expect(pathCandidates("caf%C3%A9.html")[0]).toBe("café.html");
});

it("compares in Unicode NFC, without empty folders and with forward slashes", () => {
  expect(pathCandidates("cafe\u0301.html")).toEqual(["café.html"]);
  expect(pathCandidates("./a//b\\c.js")).toEqual(["a/b/c.js"]);
});

it("gives nothing for a path that leaves the package, however it is written", () => {
  for (const path of ["", "/", "..", "../x", "a/%2e%2e/b", "a/..%5cb", "a%00b"]) {
    expect(pathCandidates(path).filter((it) => it.split("/").includes("..") || it.includes("\0"))).toEqual([]);
  }
  expect(pathCandidates("../x")).toEqual([]);
});

it("folds case beyond ASCII", () => {
  expect(foldPath("Médias/ÜBER.HTML")).toBe("médias/über.html");
});
