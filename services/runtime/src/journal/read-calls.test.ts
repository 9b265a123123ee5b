import { errorInfoOf } from "@coursemesh/platform/errors/service-error.ts";
import { describe, expect, it } from "vitest";
import { journalCalls, readCalls, sameCall } from "./read-calls.ts";

const call = [1, "A", "SetValue", "cmi.core.exit", "suspend", "true", "0"];
const read = (value: unknown, firstSeq = 1) => readCalls(Buffer.from(JSON.stringify(value)), firstSeq);
const refusalOf = (work: () => unknown): Record<string, string> => {
  try {
    work();
  } catch (error) {
    return { ...errorInfoOf(error)?.metadata };
  }
  throw new Error("nothing was refused");
};

describe("reading calls", () => {
  it("numbers them from the first on", () => {
    const { tuples } = read([call, call], 7);
    expect(journalCalls(tuples, 7).map(({ seq, element }) => [seq, element])).toEqual([
      [7, "cmi.core.exit"],
      [8, "cmi.core.exit"],
    ]);
  });

  it("keeps the text as it came, white space and escapes included", () => {
    const text = '[ [1, "A", "SetValue", "\\u0061", "\\ud800", "true", "0"] ]';
    const delivered = readCalls(Buffer.from(text), 1);
    expect(delivered.text).toBe(text);
    expect(delivered.tuples[0]?.[4]).toBe("\ud800");
  });

  it.each([
    ["no JSON", Buffer.from("[[1,")],
    ["bytes that are not UTF-8", Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d])],
    ["no array", Buffer.from('{"a":1}')],
  ])("refuses %s", (_, bytes) => {
    expect(refusalOf(() => readCalls(bytes, 1))).toMatchObject({ call: "0" });
  });

  it.each([
    ["a call with too few fields", call.slice(1)],
    ["a call with too many fields", [...call, ""]],
    ["a time that is none", ["1", ...call.slice(1)]],
    ["a time beyond all dates", [1e300, ...call.slice(1)]],
    ["an unknown method", [1, "A", "LMSSetValue", "", "", "", "0"]],
    ["a value that is not a string", [1, "A", "SetValue", "e", 5, "true", "0"]],
    ["a call that is no array", "call"],
  ])("refuses %s and says which it is", (_, wrong) => {
    expect(refusalOf(() => read([call, wrong]))).toMatchObject({ call: "1" });
  });

  it("refuses numbers that no journal has", () => {
    expect(refusalOf(() => read([call, call], 2 ** 31 - 2))).toMatchObject({ description: "the number is too high" });
  });
});

describe("the same call", () => {
  it("may tell another time and nothing else", () => {
    const [one] = read([call]).tuples;
    const [later] = read([[2, ...call.slice(1)]]).tuples;
    const [other] = read([[1, "B", ...call.slice(2)]]).tuples;
    if (!one || !later || !other) throw new Error("nothing was read");
    expect([sameCall(one, later), sameCall(one, other)]).toEqual([true, false]);
  });
});
