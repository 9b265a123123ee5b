import { createHmac } from "node:crypto";
import { expect, it } from "vitest";
import { generateSecret, hintOf, secretKey, signatureHeaders } from "./webhook-secret.ts";

it("makes secrets that it takes, each another", () => {
  const secret = generateSecret();
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(secretKey(secret)).toHaveLength(32);
  expect(generateSecret()).not.toBe(secret);
  expect(hintOf(secret)).toBe(secret.slice(-5, -1));
});

it.each([
  "",
  "whsec_",
  "abc",
  `whsec_${Buffer.alloc(23).toString("base64")}`,
  `whsec_${Buffer.alloc(65).toString("base64")}`,
  "whsec_!!!!",
])("refuses %j", (secret) => expect(() => secretKey(secret)).toThrow(/whsec_/));

it("signs id, time and body with every secret, as the specification says", () => {
  const keys = [Buffer.alloc(24, 1), Buffer.alloc(32, 2)];
  const secrets = keys.map((key) => `whsec_${key.toString("base64")}`);
  const headers = signatureHeaders(secrets, "msg_1", new Date(1_674_087_231_999), '{"é":1}');
  const expected = keys.map(
    (key) => `v1,${createHmac("sha256", key).update('msg_1.1674087231.{"é":1}', "utf8").digest("base64")}`,
  );
  expect(headers).toEqual({
    "webhook-id": "msg_1",
    "webhook-timestamp": "1674087231",
    "webhook-signature": expected.join(" "),
  });
});

it("gives the signature that the specification's reference secret gives", () => {
  // Example of the reference implementations: secret MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, id msg_p5jXN8AQM9LWM0D4loKWxJek, body {"test": 2432232314}.
  const headers = signatureHeaders(
    ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
    "msg_p5jXN8AQM9LWM0D4loKWxJek",
    new Date(1_614_265_330_000),
    '{"test": 2432232314}',
  );
  expect(headers["webhook-signature"]).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
});
