import { ExportFormat } from "@coursemesh/proto/coursemesh/analytics/v1/export_pb.ts";
import { expect, it } from "vitest";
import { tableWriter } from "./table-writer.ts";

it("writes CSV that a spreadsheet neither misreads nor runs", () => {
  const { head, row } = tableWriter(ExportFormat.CSV, ["name", "score"], "");
  expect(head()).toBe("name,score\r\n");
  expect(row(['Ana "A", Ltd', 0.5])).toBe('"Ana ""A"", Ltd",0.5\r\n');
  expect(row(["=1+1", -1])).toBe("'=1+1,-1\r\n");
  expect(row(["@sum", null])).toBe("'@sum,\r\n");
});

it("writes numbers as a language does when one is asked for", () => {
  expect(tableWriter(ExportFormat.CSV, ["score"], "de").row([0.5])).toBe('"0,5"\r\n');
});

it("writes a JSON object a line", () => {
  expect(tableWriter(ExportFormat.NDJSON, ["name", "count"], "").row(["=Ana", 2n])).toBe('{"name":"=Ana","count":2}\n');
});
