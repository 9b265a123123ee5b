import { expect, it } from "vitest";
import { csvLine } from "./csv-line.ts";

it.each([
  [["a", 1, 2n, undefined], "a,1,2,\r\n"],
  [['say "yes", please', "two\nlines"], '"say ""yes"", please","two\nlines"\r\n'],
  [["=1+1", "@sum", "-2"], "'=1+1,'@sum,'-2\r\n"],
])("writes %s", (cells, line) => {
  expect(csvLine(cells)).toBe(line);
});
