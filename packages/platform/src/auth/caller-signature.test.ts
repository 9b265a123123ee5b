import { create } from "@bufbuild/protobuf";
import { CallerKind, CallerSchema } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { expect, it } from "vitest";
import { callerSignature } from "./caller-signature.ts";

const secret = "0123456789abcdef0123456789abcdef";
const caller = create(CallerSchema, { kind: CallerKind.PERSON, id: "p1", organizationId: "o1" });

it("passes a caller on unchanged", () => {
  expect(callerSignature(secret).verify(callerSignature(secret).sign(caller))).toEqual(caller);
});

it("refuses another secret, a changed payload and nonsense", () => {
  const header = callerSignature(secret).sign(caller);
  expect(callerSignature("another secret of 32 characters!").verify(header)).toBeUndefined();
  const forged = header.split(".");
  forged[1] = Buffer.from("forged").toString("base64url");
  expect(callerSignature(secret).verify(forged.join("."))).toBeUndefined();
  expect(callerSignature(secret).verify("")).toBeUndefined();
  expect(callerSignature(secret).verify("a.b.c")).toBeUndefined();
});

it("refuses a signature that is too old, also one it has seen before", () => {
  let now = 1_000_000;
  const signature = callerSignature(secret, () => now);
  const header = signature.sign(caller);
  expect(signature.verify(header)).toEqual(caller);
  now += 121;
  expect(signature.verify(header)).toBeUndefined();
  expect(callerSignature(secret, () => now).verify(header)).toBeUndefined();
  expect(signature.verify(signature.sign(caller))).toEqual(caller);
});
