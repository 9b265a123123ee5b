import { describe, expect, it } from "vitest";
import { comparableDuration, durationOfSeconds } from "./duration.ts";
import { pickLanguage } from "./language-range.ts";
import { comparableTimestamp, timestampMillis } from "./timestamp.ts";
import { readVersionHeader } from "./version.ts";

const map = { "en-US": "color", "en-GB": "colour", de: "Farbe", "zh-Hant": "顏色" };

describe("pickLanguage (RFC 4647, RFC 9110 12.5.4)", () => {
  it.each([
    ["de", "de"],
    ["DE-CH", "de"],
    ["en-GB", "en-GB"],
    ["en", "en-US"],
    ["fr, de;q=0.5", "de"],
    ["de;q=0.4, en-GB;q=0.9", "en-GB"],
    ["zh-Hant-TW", "zh-Hant"],
    ["de;q=0, en-GB;q=0.1", "en-GB"],
    ["*", "en-US"],
    ["fr", "en-US"],
    ["", "en-US"],
    [";;,,q=1;=", "en-US"],
  ])("for %j picks %s", (header, tag) => {
    expect(Object.keys(pickLanguage(map, header))).toEqual([tag]);
  });

  it("leaves a map with one entry or none as it is", () => {
    expect(pickLanguage({ fr: "couleur" }, "de")).toEqual({ fr: "couleur" });
    expect(pickLanguage({}, "de")).toEqual({});
  });
});

describe("readVersionHeader", () => {
  it.each([
    ["1.0", "1.0.3"],
    ["1.0.0", "1.0.3"],
    ["1.0.3", "1.0.3"],
    ["1.0.15", "1.0.3"],
    ["2.0", "2.0.0"],
    ["2.0.0", "2.0.0"],
    ["0.95", undefined],
    ["1.1", undefined],
    ["1.0.", undefined],
    ["2", undefined],
    ["", undefined],
  ])("reads %j as %s", (text, version) => {
    expect(readVersionHeader(text)).toBe(version);
  });
});

describe("timestampMillis", () => {
  it.each([
    "1970-01-01T00:00:00Z",
    "2026-11-20T13:45:12.123Z",
    "2000-02-29T23:59:59.999+14:00",
    "1969-12-31T23:59:59.5-11:30",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
    "2100-03-01T00:00:00Z",
  ])("is the time that Date reads from %s", (text) => {
    expect(timestampMillis(text)).toBe(Date.parse(text));
  });

  it("takes a time without offset for UTC, and nonsense for none", () => {
    expect(timestampMillis("20261120T134512")).toBe(Date.parse("2026-11-20T13:45:12Z"));
    expect(timestampMillis("yesterday")).toBeUndefined();
  });

  it("XAPI-00122: keeps milliseconds when times are compared", () => {
    expect(comparableTimestamp("2026-11-20T14:45:12+01:00")).toBe(comparableTimestamp("20261120T134512Z"));
    expect(comparableTimestamp("2026-11-20T13:45:12.123Z")).not.toBe(comparableTimestamp("2026-11-20T13:45:12.124Z"));
  });
});

describe("durations", () => {
  it.each([
    ["PT1.239S", "PT1.23S"],
    ["PT1.2S", "PT1.2S"],
    ["PT1.20S", "PT1.2S"],
    ["PT1,239S", "PT1.23S"],
    ["PT1.009S", "PT1S"],
    ["PT1M", "PT1M"],
    ["P1.239Y", "P1.239Y"],
    ["nonsense.999S", "nonsense.999S"],
  ])("compare %s as %s", (text, compared) => {
    expect(comparableDuration(text)).toBe(compared);
  });

  it.each([
    [0, "PT0S"],
    [90.5, "PT1M30.5S"],
    [3600, "PT1H"],
    [0.29, "PT0.29S"],
    [-1, "PT0S"],
    [Number.NaN, "PT0S"],
  ])("of %d seconds are %s", (seconds, text) => {
    expect(durationOfSeconds(seconds)).toBe(text);
  });
});
