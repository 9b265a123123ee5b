import { expect, it } from "vitest";
import { mediaTypeDetector, mediaTypeOf } from "./media-type.ts";

const utf8 = (text: string): Buffer => Buffer.from(text);
const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");

it.each([
  ["a.html", "text/html; charset=utf-8"],
  ["a.HTM", "text/html; charset=utf-8"],
  ["a.js", "text/javascript; charset=utf-8"],
  ["a.css", "text/css; charset=utf-8"],
  ["a.json", "application/json"],
  ["a.svg", "image/svg+xml"],
  ["imsmanifest.xml", "application/xml"],
  ["a.mp4", "video/mp4"],
  ["a.woff2", "font/woff2"],
  ["a.swf", "application/x-shockwave-flash"],
  ["a.wasm", "application/wasm"],
  ["a.unheard-of", "application/octet-stream"],
  ["no-extension", "application/octet-stream"],
])("serves %s as %s", (path, type) => {
  expect(mediaTypeOf(path, utf8("plain"))).toBe(type);
});

it("names no charset for text that is not UTF-8, so that the page's own declaration counts", () => {
  expect(mediaTypeOf("a.html", latin1("<meta charset=iso-8859-1>café"))).toBe("text/html");
  expect(mediaTypeOf("a.js", latin1("alert('é')"))).toBe("text/javascript");
  expect(mediaTypeOf("a.txt", Buffer.from("\ufeffhello", "utf16le"))).toBe("text/plain");
});

it("leaves a page of plain ASCII the encoding it declares for its scripts", () => {
  expect(mediaTypeOf("a.html", utf8('<meta http-equiv=x content="text/html; charset=windows-1252">'))).toBe(
    "text/html",
  );
  expect(mediaTypeOf("a.html", utf8('<meta charset="UTF-8">'))).toBe("text/html; charset=utf-8");
});

it("judges text that comes in pieces, cut in the middle of a character", () => {
  const bytes = utf8(`${"x".repeat(2000)}é`);
  const whole = mediaTypeDetector("a.js");
  for (const piece of [bytes.subarray(0, 2001), bytes.subarray(2001)]) whole.add(piece);
  expect(whole.result()).toBe("text/javascript; charset=utf-8");
  const cutOff = mediaTypeDetector("a.js");
  cutOff.add(bytes.subarray(0, 2001));
  expect(cutOff.result()).toBe("text/javascript");
});
