import type { MessageInitShape } from "@bufbuild/protobuf";
import { failure } from "@coursemesh/platform/testing/failure.ts";
import { as } from "@coursemesh/platform/testing/test-mesh.ts";
import {
  ExportFormat,
  ExportService,
  type ExportStatementsRequestSchema,
} from "@coursemesh/proto/coursemesh/lrs/v1/export_pb.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type LrsHarness, owner, startLrs, stranger } from "./lrs-harness.ts";
import { agent, iri, ref, type StatementCalls, statement, statementCalls, VOIDED } from "./statement-calls.ts";

let lrs: LrsHarness;
let calls: StatementCalls;
beforeAll(async () => {
  lrs = await startLrs();
  calls = statementCalls(lrs);
});
afterAll(() => lrs.stop());

type Wish = MessageInitShape<typeof ExportStatementsRequestSchema>;
interface Piece {
  readonly text: string;
  readonly token: string;
  readonly count: number;
}

/** The messages of an export. @param during what happens after the first. */
async function pieces(request: Wish, during?: () => Promise<unknown>, caller = owner): Promise<Piece[]> {
  const stream = as(caller, () =>
    lrs.mesh.clients.of(ExportService).exportStatements({ format: ExportFormat.NDJSON, ...request }),
  );
  const found: Piece[] = [];
  for await (const { chunk, resumeToken, statementCount } of stream) {
    found.push({ text: Buffer.from(chunk).toString(), token: resumeToken, count: Number(statementCount) });
    if (found.length === 1) await during?.();
  }
  return found;
}
const textOf = (found: readonly Piece[]): string => found.map(({ text }) => text).join("");
const idsOf = (text: string): string[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => (JSON.parse(line) as { id: string }).id);

it("sends every statement of a filter once, oldest first, as of its beginning, in whole lines", async () => {
  const course = { id: iri("courses/exported") };
  const filter = { activity: course.id };
  const long = { extensions: { [iri("padding")]: "x".repeat(3_000) } };
  const all = Array.from({ length: 250 }, () => statement({ object: course, result: long }));
  await calls.store(all);
  const later = statement({ object: course });
  const found = await pieces({ filter }, () => calls.store([later]));
  expect(found.length).toBeGreaterThan(2);
  for (const { text } of found) expect(text.endsWith("\n")).toBe(true);
  expect(idsOf(textOf(found))).toEqual(all.map(({ id }) => id));
  expect(found.at(-1)?.count).toBe(250);

  const [first] = found;
  const rest = await pieces({ filter, resumeToken: first?.token ?? "" });
  expect(textOf([...found.slice(0, 1), ...rest])).toBe(textOf(found));
  expect((await failure(pieces({ filter, resumeToken: "no token" }))).reason).toBe("MORE_TOKEN_INVALID");
});

it("puts a statement that was written over several lines on one", async () => {
  const pretty = statement({ object: { id: iri("courses/pretty") } });
  await as(owner, () =>
    calls.service.storeStatements({
      version: 1,
      statements: [{ json: Buffer.from(JSON.stringify(pretty, null, 2)) }],
    }),
  );
  expect(idsOf(textOf(await pieces({ filter: { activity: iri("courses/pretty") } })))).toEqual([pretty.id]);
});

it("leaves void statements out unless they are wanted", async () => {
  const course = { id: iri("courses/voided") };
  const [kept, gone] = [statement({ object: course }), statement({ object: course })];
  await calls.store([gone, kept]);
  const voiding = statement({ verb: { id: VOIDED }, object: ref(String(gone.id)) });
  await calls.store([voiding]);
  const filter = { activity: course.id };
  expect(idsOf(textOf(await pieces({ filter })))).toEqual([kept.id, voiding.id]);
  expect(idsOf(textOf(await pieces({ filter, includeVoided: true })))).toEqual([gone.id, kept.id, voiding.id]);
});

it("writes a CSV that no spreadsheet takes for formulas, with the columns and the time zone asked for", async () => {
  const course = { id: iri("courses/csv"), definition: { name: { de: 'Brand, "ernst"', en: "Fire" } } };
  const timestamp = "2026-07-01T12:00:00.000Z";
  const result = { response: '=HYPERLINK("http://evil")', score: { scaled: -0.5 }, success: true };
  await calls.store([statement({ object: course, timestamp, result })]);
  const filter = { activity: course.id };
  const columns = [
    "actor",
    "$.result.response",
    "result.score.scaled",
    "timestamp",
    "object.definition.name['de']",
    "no.such",
  ];
  const text = textOf(await pieces({ filter, format: ExportFormat.CSV, columns, timeZone: "Europe/Berlin" }));
  expect(text.split("\r\n")).toEqual([
    "actor,$.result.response,result.score.scaled,timestamp,object.definition.name['de'],no.such",
    `ann@example.org,"'=HYPERLINK(""http://evil"")",-0.5,2026-07-01T14:00:00.000+02:00,"Brand, ""ernst""",`,
    "",
  ]);
  const usual = textOf(await pieces({ filter, format: ExportFormat.CSV }));
  expect(usual.split("\r\n")[0]).toMatch(/^id,stored,timestamp,actor,verb.id,object.id/);
  expect(usual).toContain(",Fire,");
  expect((await failure(pieces({ format: ExportFormat.CSV, columns: ["a..b"] }))).reason).toBe("QUERY_INVALID");
  expect((await failure(pieces({ format: ExportFormat.CSV, timeZone: "Mars" }))).reason).toBe("FIELD_INVALID");
});

it("keeps organizations apart", async () => {
  const filter = { agentJson: JSON.stringify(agent("ann")) };
  expect(await pieces({ filter }, undefined, stranger)).toEqual([]);
  expect(await pieces({ filter })).not.toEqual([]);
});
