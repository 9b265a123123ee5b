import { create, toBinary } from "@bufbuild/protobuf";
import { DispatchBrandingSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/branding_pb.ts";
import {
  HostOptionsSchema,
  StatusMapping,
  WindowMode,
} from "@coursemesh/proto/coursemesh/dispatch/v1/host_options_pb.ts";
import { expect, it } from "vitest";
import { effectiveBranding, effectiveHostOptions, type Look } from "./effective-look.ts";

const none: Look = { branding: null, host_options: null };
const branded = (supportText: string): Look => ({
  ...none,
  branding: toBinary(DispatchBrandingSchema, create(DispatchBrandingSchema, { supportText })),
});
const told = (init: { onlyImprove?: boolean; windowMode?: WindowMode; statusMapping?: StatusMapping }): Look => ({
  ...none,
  host_options: toBinary(HostOptionsSchema, create(HostOptionsSchema, init)),
});

it("shows a dispatch in its own branding, else in its destination's", () => {
  expect(effectiveBranding(branded("own"), branded("theirs")).supportText).toBe("own");
  expect(effectiveBranding(none, branded("theirs")).supportText).toBe("theirs");
  expect(effectiveBranding(none, none)).toEqual(create(DispatchBrandingSchema));
});

it("takes branding and options as a whole", () => {
  const own = toBinary(DispatchBrandingSchema, create(DispatchBrandingSchema, { primaryColor: "#112233" }));
  expect(effectiveBranding({ ...none, branding: own }, branded("theirs")).supportText).toBe("");
  expect(effectiveHostOptions(told({}), told({ onlyImprove: true })).onlyImprove).toBe(false);
});

it("decides what nobody did", () => {
  expect(effectiveHostOptions(none, none)).toMatchObject({
    statusMapping: StatusMapping.SUCCESS_FIRST,
    windowMode: WindowMode.FRAME,
    suspendWhenIncomplete: true,
  });
  expect(effectiveHostOptions(none, told({ windowMode: WindowMode.WINDOW }))).toMatchObject({
    statusMapping: StatusMapping.SUCCESS_FIRST,
    windowMode: WindowMode.WINDOW,
    suspendWhenIncomplete: false,
  });
});
