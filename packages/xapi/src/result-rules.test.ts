import { type Change, describeRequirements } from "./testing/describe-requirements.ts";
import { REMOVED } from "./testing/example-statement.ts";

const sha2 = "attachments.0.sha2";
const hash = "495395e777cd98da653df9615d09c0fd6bb2f8d4788394cd53c56a3bfdcd848a";
const atScore = { at: "$.result.score" };

describeRequirements("results", [
  {
    id: "XAPI-00074",
    says: "success is a Boolean",
    refuses: [
      ["result.success", "true"],
      ["result.success", 1],
    ],
  },
  {
    id: "XAPI-00075",
    says: "completion is a Boolean",
    refuses: [
      ["result.completion", "false"],
      ["result.completion", 0],
    ],
  },
  {
    id: "XAPI-00076",
    says: "a response is a text",
    takes: [["result.response", ""]],
    refuses: [
      ["result.response", 1],
      ["result.response", ["a"]],
    ],
  },
  {
    id: "XAPI-00077",
    says: "a duration has the form of ISO 8601 4.4.3.2 (XAPI-00124)",
    takes: ["P1Y", "P4W", "PT0S", "PT1H0M0.1S", "P1DT12H36M0.12567S", "P3Y1M29DT4H35M59.14S", "PT1,5H"].map(
      (text): Change => ["result.duration", text],
    ),
    refuses: [
      "P",
      "PT",
      "P4W1D",
      "PA1H0M0S",
      "1H",
      "PT1S1M",
      "PT1.5H3M",
      "P1DT",
      "-PT1S",
      "P0003-06-04T12:30:05",
      "P1H",
      12,
      {},
    ].map((text): Change => ["result.duration", text]),
  },
  {
    id: "XAPI-00078",
    says: "a result's extensions are an object",
    refuses: [
      ["result.extensions", 1],
      ["result.extensions", "x"],
    ],
  },
  {
    id: "XAPI-00079",
    says: "a score is an object, empty if need be",
    takes: [["result.score", {}]],
    refuses: [
      ["result.score", 1],
      ["result.score", [1]],
    ],
  },
  {
    id: "XAPI-00080",
    says: "max is a number",
    refuses: [
      ["result.score.max", "10"],
      ["result.score.max", {}],
    ],
  },
  {
    id: "XAPI-00081",
    says: "min is a number less than max",
    takes: [
      ["result.score", { min: -5 }],
      ["result.score", { max: -5, raw: -6 }],
      ["result.score", { min: 0.1, max: 0.2 }],
    ],
    refuses: [
      ["result.score.min", "0"],
      ["result.score", { min: 1, max: 1 }, atScore],
      ["result.score", { min: 2, max: 1 }, atScore],
    ],
  },
  {
    id: "XAPI-00082",
    says: "raw is a number from min to max",
    takes: [
      ["result.score", { raw: 1e6 }],
      ["result.score", { raw: 0, min: 0, max: 1 }],
      ["result.score", { raw: 1, min: 0, max: 1 }],
    ],
    refuses: [
      ["result.score.raw", "5"],
      ["result.score", { raw: 11, max: 10 }, atScore],
      ["result.score", { raw: -1, min: 0 }, atScore],
    ],
  },
  {
    id: "XAPI-00083",
    says: "scaled is a number from -1 to 1",
    takes: [-1, 0, 1, 0.5].map((scaled): Change => ["result.score.scaled", scaled]),
    refuses: [-1.01, 1.0001, 50, "1"].map((scaled): Change => ["result.score.scaled", scaled]),
  },
]);

describeRequirements("attachments", [
  {
    id: "XAPI-00025",
    says: "attachments is an array of objects",
    takes: [
      ["attachments", []],
      ["attachments", REMOVED],
    ],
    refuses: [
      ["attachments", {}],
      ["attachments", "x"],
      ["attachments.0", "x"],
      ["attachments.0", 1],
    ],
  },
  {
    id: "XAPI-00102",
    says: "length is a whole number of bytes",
    takes: [["attachments.0.length", 0]],
    refuses: [REMOVED, "27", 1.5, -1, {}].map((length): Change => ["attachments.0.length", length]),
  },
  {
    id: "XAPI-00103",
    says: "sha2 is a SHA-2 hash in hexadecimal",
    takes: [
      [sha2, hash.toUpperCase()],
      [sha2, `${hash}${hash}`],
      [sha2, "0".repeat(56)],
      [sha2, "0".repeat(96)],
    ],
    refuses: [REMOVED, 1, "x", hash.slice(1), "0".repeat(40)].map((value): Change => [sha2, value]),
  },
  {
    id: "XAPI-00104",
    says: "fileUrl is an IRL",
    takes: [["attachments.0.fileUrl", REMOVED]],
    refuses: [
      ["attachments.0.fileUrl", "file.txt"],
      ["attachments.0.fileUrl", 1],
    ],
  },
  {
    id: "XAPI-00105",
    says: "contentType is an Internet media type",
    takes: ["text/plain", 'multipart/x; a="b c";c=d', "application/vnd.a+json"].map(
      (type): Change => ["attachments.0.contentType", type],
    ),
    refuses: [REMOVED, 1, "text", "text/", "text/plain; x", "text/pl ain"].map(
      (type): Change => ["attachments.0.contentType", type],
    ),
  },
  {
    id: "XAPI-00106",
    says: "display and description are language maps",
    takes: [["attachments.0.description", REMOVED]],
    refuses: [
      ["attachments.0.display", REMOVED],
      ["attachments.0.display", "x"],
      ["attachments.0.description", "x"],
      ["attachments.0.description", 1],
    ],
  },
  {
    id: "XAPI-00107",
    says: "usageType is an IRI",
    refuses: [REMOVED, "certificate", 1].map((type): Change => ["attachments.0.usageType", type]),
  },
  {
    id: "XAPI-00115",
    says: "a signature is application/octet-stream",
    refuses: [
      ["attachments.0.usageType", "http://adlnet.gov/expapi/attachments/signature", { at: "$.attachments[0]" }],
    ],
  },
]);

describeRequirements("data types", [
  {
    id: "XAPI-00118",
    says: "an extension's key is an IRI",
    refuses: ["result", "context", "object.definition"].flatMap((place): Change[] => [
      [`${place}.extensions`, { id: 1 }, { at: `$.${place}.extensions.id` }],
    ]),
  },
  {
    id: "XAPI-00119",
    says: "an extension's value is any JSON",
    takes: ["result", "context", "object.definition"].flatMap((place) =>
      [
        {},
        { "https://x.example": null },
        { "https://x.example": "" },
        { "https://x.example": {} },
        { "tag:x": [[null]] },
      ].map((extensions): Change => [`${place}.extensions`, extensions]),
    ),
  },
  {
    id: "XAPI-00121",
    says: "a language map's keys are RFC 5646 tags (XAPI-00013)",
    takes: ["verb.display", "object.definition.name", "attachments.0.display"].map(
      (place): Change => [place, { und: "x", "zh-Hant": "y", "es-419": "z" }],
    ),
    refuses: [
      "verb.display",
      "object.definition.name",
      "object.definition.description",
      "attachments.0.display",
      "attachments.0.description",
    ].map((place): Change => [place, { a12345678: "x" }, { at: `$.${place.replace(".0", "[0]")}.a12345678` }]),
  },
  {
    id: "XAPI-00123",
    says: "a timestamp has a date, a time and an offset that is not minus zero",
    takes: [
      "2026-11-20T13:45:12Z",
      "2026-11-20T13:45:12.123456789+05:30",
      "2024-02-29T23:59:60Z",
      "2026-11-20t13:45:12z",
    ].map((text): Change => ["timestamp", text]),
    refuses: [
      "01/011/2015",
      "yesterday",
      "2026-02-29T00:00:00Z",
      "2026-13-01T00:00:00Z",
      "2026-11-20T25:00:00Z",
      "2026-11-20T13:45:12.601-00",
      "2026-11-20T13:45:12.601-0000",
      "2026-11-20T13:45:12.601-00:00",
      "2026-11-20T13:45:12+24:00",
      "2026-11-20T13:45:12.Z",
    ].map((text): Change => ["timestamp", text]),
  },
  {
    id: "XAPI-00123",
    says: "a timestamp may be any date and time of ISO 8601",
    versions: ["1.0.3"],
    takes: [
      "20261120T134512Z",
      "2026-11-20T13:45",
      "2026-11-20T13:45:12",
      "2026-11-20",
      "2026-11-20T13:45:12,5+01",
      "2026-11-20T24:00:00Z",
    ].map((text): Change => ["timestamp", text]),
  },
  {
    id: "XAPI-00123",
    says: "a timestamp has the form of RFC 3339",
    versions: ["2.0.0"],
    refuses: [
      "20261120T134512Z",
      "2026-11-20T13:45Z",
      "2026-11-20T13:45:12",
      "2026-11-20",
      "2026-11-20T13:45:12,5+01:00",
      "2026-11-20T24:00:00Z",
      "2026-11-20T13:45:12+01",
    ].map((text): Change => ["timestamp", text]),
  },
]);
