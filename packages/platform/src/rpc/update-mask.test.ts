import { create } from "@bufbuild/protobuf";
import { FieldMaskSchema } from "@bufbuild/protobuf/wkt";
import { expect, it } from "vitest";
import { readUpdateMask } from "./update-mask.ts";

const mask = (...paths: string[]) => create(FieldMaskSchema, { paths });

it("gives the fields that are named", () => {
  expect([...readUpdateMask(mask("title", "title"), ["title", "tags"])]).toEqual(["title"]);
});

it("refuses fields that cannot be changed, and naming none", () => {
  for (const wrong of [mask("id"), mask(), undefined])
    expect(() => readUpdateMask(wrong, ["title"])).toThrow(/update_mask/);
});
