import { create } from "@bufbuild/protobuf";
import {
  PostbackAuth,
  PostbackBody,
  PostbackSettingsSchema,
} from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";
import { expect, it } from "vitest";
import { postbackRequest } from "./postback-request.ts";

const result = { id: "r & d", score: { scaled: 85.5 } };
const settings = (body: PostbackBody, auth: PostbackAuth) =>
  create(PostbackSettingsSchema, { body, auth, username: "ann" });

it("sends a form with data, userName and password, which is what receivers of SCORM Cloud expect", () => {
  const { headers, body } = postbackRequest(
    settings(PostbackBody.UNSPECIFIED, PostbackAuth.UNSPECIFIED),
    "s3cret&",
    result,
  );
  expect(headers).toEqual({ "content-type": "application/x-www-form-urlencoded; charset=UTF-8" });
  const form = new URLSearchParams(body);
  expect([JSON.parse(form.get("data") ?? ""), form.get("userName"), form.get("password")]).toEqual([
    result,
    "ann",
    "s3cret&",
  ]);
});

it("sends JSON with basic authentication, and the credentials nowhere else", () => {
  const { headers, body } = postbackRequest(settings(PostbackBody.UNSPECIFIED, PostbackAuth.BASIC), "pw", result);
  expect(headers).toEqual({
    "content-type": "application/json; charset=UTF-8",
    authorization: `Basic ${Buffer.from("ann:pw").toString("base64")}`,
  });
  expect(JSON.parse(body)).toEqual(result);
  expect(postbackRequest(settings(PostbackBody.FORM, PostbackAuth.BASIC), "pw", result).body).not.toContain("pw");
});
