/**
 * Statements per second through the rules of xAPI on one core: `node tests/bench/xapi-validation.ts`.
 *
 * Every statement is another object with texts of its own, as ingestion sees them. Zod, which is installed anyway, checks shapes,
 * unknown keys and the simplest forms of the same statements; it knows no rule that spans properties, and no requirement to name.
 */
import { findRepeatedKey } from "@coursemesh/xapi/find-repeated-key.ts";
import { readJson } from "@coursemesh/xapi/read-json.ts";
import { meaningOf } from "@coursemesh/xapi/same-statement.ts";
import type { Statement } from "@coursemesh/xapi/statement.ts";
import { factsOf } from "@coursemesh/xapi/statement-facts.ts";
import { validateStatement } from "@coursemesh/xapi/validate-statement.ts";
import { z } from "zod";
import { median } from "./load/statistics.ts";

const COUNT = 4000;
const ROUNDS = 9;
/** Statements a second of a core; ends with exit code 1 below. */
const AIM = 50_000;

const uuid = (number: number) => `7ccd3322-e1a5-411a-a67d-${number.toString(16).padStart(12, "0")}`;
const course = "https://courses.example.com/fire-safety";

/** A passed lesson as cmi5 tells it, about 1.4 kB. */
const statement = (number: number) => ({
  id: uuid(number),
  actor: {
    objectType: "Agent",
    name: `Learner ${number}`,
    account: { homePage: "https://lms.example.com/organizations/acme", name: `learner-${number % 500}` },
  },
  verb: { id: "http://adlnet.gov/expapi/verbs/passed", display: { "en-US": "passed", de: "bestanden" } },
  object: {
    objectType: "Activity",
    id: `${course}/au/${number % 300}`,
    definition: {
      name: { "en-US": `Fire safety, part ${number % 300}` },
      description: { "en-US": "What to do when it burns." },
      type: "http://adlnet.gov/expapi/activities/lesson",
    },
  },
  result: {
    score: { scaled: 0.92, raw: 92, min: 0, max: 100 },
    success: true,
    completion: true,
    duration: "PT12M34.5S",
    extensions: { "https://w3id.org/xapi/cmi5/result/extensions/progress": 100 },
  },
  context: {
    registration: uuid(number % 1000),
    language: "en-US",
    platform: "Coursemesh",
    contextActivities: {
      parent: [{ id: course }],
      grouping: [{ id: `${course}/block/3` }, { id: "https://courses.example.com/programmes/onboarding" }],
      category: [
        { id: "https://w3id.org/xapi/cmi5/context/categories/cmi5" },
        { id: "https://w3id.org/xapi/cmi5/context/categories/moveon" },
      ],
    },
    extensions: {
      "https://w3id.org/xapi/cmi5/context/extensions/sessionid": uuid(number),
      "https://w3id.org/xapi/cmi5/context/extensions/masteryscore": 0.8,
    },
  },
  timestamp: "2026-11-20T13:45:12.123Z",
});

const texts = Array.from({ length: COUNT }, (_, number) => JSON.stringify(statement(number)));
const damaged = texts.map((text) => text.replace('"scaled":0.92', '"scaled":92'));
const parsed = texts.map((text): unknown => JSON.parse(text));
const parsedDamaged = damaged.map((text): unknown => JSON.parse(text));

const iri = z.url();
const languageMap = z.record(z.string().regex(/^[A-Za-z0-9-]+$/), z.string());
const extensions = z.record(iri, z.unknown());
const activity = z.strictObject({
  objectType: z.literal("Activity").optional(),
  id: iri,
  definition: z
    .strictObject({ name: languageMap.optional(), description: languageMap.optional(), type: iri.optional() })
    .optional(),
});
const related = z.union([z.array(activity), activity]).optional();
const number = z.number().optional();
const schema = z.strictObject({
  id: z.guid().optional(),
  actor: z.strictObject({
    objectType: z.literal("Agent").optional(),
    name: z.string().optional(),
    account: z.strictObject({ homePage: iri, name: z.string() }),
  }),
  verb: z.strictObject({ id: iri, display: languageMap.optional() }),
  object: activity,
  result: z
    .strictObject({
      score: z.strictObject({ scaled: z.number().min(-1).max(1).optional(), raw: number, min: number, max: number }),
      success: z.boolean().optional(),
      completion: z.boolean().optional(),
      duration: z.iso.duration().optional(),
      extensions: extensions.optional(),
    })
    .optional(),
  context: z
    .strictObject({
      registration: z.guid().optional(),
      language: z.string().optional(),
      platform: z.string().optional(),
      contextActivities: z
        .strictObject({ parent: related, grouping: related, category: related, other: related })
        .optional(),
      extensions: extensions.optional(),
    })
    .optional(),
  timestamp: z.iso.datetime({ offset: true }).optional(),
});

interface Work {
  readonly name: string;
  /** True when the work came out as it should, so that a refusal cannot pass for speed. */
  readonly run: (index: number) => boolean;
}

const works: readonly Work[] = [
  { name: "validate, 1.0.3", run: (at) => validateStatement(parsed[at], "1.0.3").length === 0 },
  { name: "validate, 2.0.0", run: (at) => validateStatement(parsed[at], "2.0.0").length === 0 },
  { name: "validate, one mistake", run: (at) => validateStatement(parsedDamaged[at], "2.0.0").length === 1 },
  { name: "zod, shapes only", run: (at) => schema.safeParse(parsed[at]).success },
  { name: "zod, one mistake", run: (at) => !schema.safeParse(parsedDamaged[at]).success },
  { name: "JSON.parse alone", run: (at) => JSON.parse(texts[at] ?? "") !== null },
  { name: "find repeated keys", run: (at) => findRepeatedKey(texts[at] ?? "") === undefined },
  {
    name: "read JSON and validate",
    run: (at) => {
      const read = readJson(texts[at] ?? "");
      return "value" in read && validateStatement(read.value, "1.0.3").length === 0;
    },
  },
  { name: "facts for the indexes", run: (at) => factsOf(parsed[at] as Statement).relatedActivities.length === 6 },
  { name: "meaning, for comparison", run: (at) => meaningOf(parsed[at] as Statement).length > 0 },
];

/** Statements per second of processor time, one round. */
function measure({ name, run }: Work): number {
  const start = process.cpuUsage();
  let done = 0;
  for (let at = 0; at < COUNT; at++) if (run(at)) done++;
  const { user, system } = process.cpuUsage(start);
  if (done !== COUNT) throw new Error(`${name}: ${COUNT - done} came out wrong`);
  return (COUNT / (user + system)) * 1e6;
}

const rates = works.map((): number[] => []);
// Taking turns spreads a busy machine over all; the first rounds warm up and are not counted.
for (let round = 0; round < ROUNDS + 3; round++) {
  for (const [at, work] of works.entries()) {
    const rate = measure(work);
    if (round >= 3) rates[at]?.push(rate);
  }
}
const bytes = Math.round(texts.reduce((sum, text) => sum + text.length, 0) / COUNT);
console.log(`Statements of ${bytes} bytes, median of ${ROUNDS} rounds of ${COUNT}, processor time of one core.\n`);
console.log("| work | statements/s |\n|---|--:|");
for (const [at, { name }] of works.entries()) {
  console.log(`| ${name} | ${Math.round(median(rates[at] ?? [])).toLocaleString("en")} |`);
}
if (median(rates[0] ?? []) < AIM) {
  console.log(`aim missed: ${AIM} validations a second`);
  process.exitCode = 1;
}
