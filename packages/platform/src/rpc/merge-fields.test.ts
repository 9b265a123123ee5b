import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { CallbackSchema, DispatchSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import { describe, expect, it } from "vitest";
import { mergeFields, updatePaths } from "./merge-fields.ts";

const dispatch = () =>
  create(DispatchSchema, {
    name: "Old",
    tags: ["a"],
    enabled: true,
    terms: { usageLimit: 10, seatLimit: 5, expireTime: timestampFromMs(1_000) },
  });

describe("mergeFields", () => {
  it("changes only what is named", () => {
    const target = dispatch();
    mergeFields(DispatchSchema, target, create(DispatchSchema, { name: "New", notes: "not named" }), ["name"]);
    expect(target).toEqual({ ...dispatch(), name: "New" });
  });

  it("changes one field of a part and leaves the others", () => {
    const target = dispatch();
    const source = create(DispatchSchema, { terms: { usageLimit: 20, seatLimit: 99 } });
    mergeFields(DispatchSchema, target, source, ["terms.usage_limit"]);
    expect(target.terms).toMatchObject({ usageLimit: 20, seatLimit: 5, expireTime: timestampFromMs(1_000) });
  });

  it("clears what is named and not set", () => {
    const target = dispatch();
    mergeFields(DispatchSchema, target, create(DispatchSchema), ["terms.expire_time", "tags", "enabled"]);
    expect(target.terms?.expireTime).toBeUndefined();
    expect(target.terms?.seatLimit).toBe(5);
    expect(target.tags).toEqual([]);
    expect(target.enabled).toBeUndefined();
  });

  it("replaces a part as a whole", () => {
    const target = dispatch();
    mergeFields(DispatchSchema, target, create(DispatchSchema, { terms: { seatLimit: 1 } }), ["terms"]);
    expect(target.terms).toMatchObject({ usageLimit: 0, seatLimit: 1 });
    expect(target.terms?.expireTime).toBeUndefined();
  });

  it("begins a part that was not there", () => {
    const target = dispatch();
    const source = create(DispatchSchema, { callback: create(CallbackSchema, { url: "https://a.example/" }) });
    mergeFields(DispatchSchema, target, source, ["callback.url"]);
    expect(target.callback?.url).toBe("https://a.example/");
  });
});

describe("updatePaths", () => {
  it("names fields and those of parts, not those of times", () => {
    expect(updatePaths(DispatchSchema, ["name", "callback", "create_time"])).toEqual([
      "name",
      "callback",
      "callback.url",
      "callback.secret",
      "callback.fallback_url",
      "callback.auth",
      "callback.username",
      "callback.password",
      "callback.format",
      "create_time",
    ]);
  });
});
