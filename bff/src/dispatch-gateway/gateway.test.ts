import { Code } from "@connectrpc/connect";
import { serviceError } from "@coursemesh/platform/errors/service-error.ts";
import { CallbackService } from "@coursemesh/proto/coursemesh/dispatch/v1/callback_pb.ts";
import { LaunchService, type OpenExchangeRequest } from "@coursemesh/proto/coursemesh/dispatch/v1/launch_pb.ts";
import { RefusalReason } from "@coursemesh/proto/coursemesh/dispatch/v1/licence_pb.ts";
import { ReceiptService } from "@coursemesh/proto/coursemesh/dispatch/v1/receipt_pb.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Bff } from "../app.ts";
import { fake, testBff } from "../testing/test-bff.ts";

const DISPATCH = "01960000-0000-7000-8000-0000000000d1";
const EMPTY_DISPATCH = "01960000-0000-7000-8000-0000000000d2";
const PACKAGE = "01960000-0000-7000-8000-0000000000a1";
const exchanges: OpenExchangeRequest[] = [];
const hostile = `</title><script>alert("x")</script>`;

const admission = {
  code: "c0de",
  playerUrl: `https://app.example/dispatch/v1/bridge/${DISPATCH}`,
  playerOrigin: "https://app.example",
  sessionToken: "cms1.t",
};
const invalid = () => serviceError(Code.PermissionDenied, "EXCHANGE_INVALID", "the launch cannot be verified");
const refusal = (title: string) => ({
  reason: RefusalReason.SEATS_TAKEN,
  title,
  text: "text",
  branding: { css: "h1 { color: red }", primaryColor: "#336699", logoUrl: "https://x.example/l.png" },
});

const fakes = [
  fake(LaunchService, {
    openExchange: (request) => {
      exchanges.push(request);
      return request.dispatchId === DISPATCH
        ? { outcome: { case: "admission", value: admission } }
        : { outcome: { case: "refusal", value: refusal("full") } };
    },
    redeemExchange: ({ code, userAgent }) => {
      if (code !== "c0de") throw invalid();
      return { playerUrl: "https://content.example/l/t/", bridgeSecret: userAgent };
    },
    getPendingResults: ({ afterSequence, waitMs }) => ({
      results: [{ sequence: afterSequence + 1n, result: { totalSeconds: BigInt(waitMs) } }],
    }),
    getBridge: ({ dispatchId }) => {
      if (dispatchId === EMPTY_DISPATCH) throw invalid();
      return {
        frameAncestors: ["https://*.lms.example", "https://x.example; script-src *"],
        courseTitle: hostile,
        branding: {
          css: "</style><script>alert(1)</script>",
          cssUrl: "https://styles.example/a.css",
          primaryColor: "#336699",
          supportText: hostile,
        },
      };
    },
    openAiccLaunch: ({ aiccSid, aiccUrl, packageSignature }) =>
      packageSignature === "bad"
        ? { outcome: { case: "refusal", value: refusal(`${aiccSid} ${aiccUrl} ${hostile}`) } }
        : { outcome: { case: "admission", value: { ...admission, code: `${aiccSid}~${aiccUrl}` } } },
    openLaunchLink: ({ token }) => {
      if (token === "down") throw serviceError(Code.Unavailable, "UNAVAILABLE", "down");
      if (token !== "good") throw invalid();
      return { outcome: { case: "admission", value: admission } };
    },
  }),
  fake(ReceiptService, {
    recordReceipts: ({ receipts }) => ({ acknowledgedSequence: receipts.at(-1)?.sequence ?? 0n }),
  }),
  fake(CallbackService, {
    acceptCallback: ({ sequence, signature }) => {
      if (signature.length !== 32)
        throw serviceError(Code.Unauthenticated, "SIGNATURE_INVALID", "the signature does not belong to the call");
      return { acknowledgedSequence: sequence };
    },
  }),
];

let bff: Bff;
beforeAll(async () => {
  bff = await testBff({ fakes, env: { CONTENT_URL: "https://{version}.content.example" } });
});
afterAll(() => bff.stop());

const post = (call: string, body: unknown, headers: Record<string, string> = {}) =>
  bff.web.inject({
    method: "POST",
    url: `/dispatch/v1/${call}`,
    headers: { "content-type": "text/plain;charset=UTF-8", ...headers },
    payload: typeof body === "string" ? body : JSON.stringify(body),
  });
const get = (path: string) => bff.web.inject({ url: `/dispatch/v1/${path}` });

const exchange = {
  requestId: "01960000-0000-4000-8000-0000000000ff",
  dispatchId: DISPATCH,
  packageId: PACKAGE,
  packageSignature: "cmp1.k.s",
  host: { origin: "https://made-up.example", ipAddress: "1.1.1.1", userAgent: "made up", lmsProduct: "Moodle" },
  learner: { id: "ada", name: "Ada" },
  aFieldOfTomorrow: true,
};

const callback = { sessionToken: "t", sequence: "1", kind: "CALLBACK_KIND_COMMIT" };

describe("calls of package pages", () => {
  it("open an exchange from any origin, with what browser and network say in place of what the page says", async () => {
    const headers = { origin: "https://lms.example", referer: "https://lms.example/", "user-agent": "Browser" };
    const answer = await post("exchanges", exchange, headers);
    expect([answer.statusCode, answer.headers["access-control-allow-origin"]]).toEqual([200, "*"]);
    expect(answer.headers["access-control-allow-credentials"]).toBeUndefined();
    expect(answer.headers["set-cookie"]).toBeUndefined();
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect(answer.json()).toMatchObject({ admission: { code: "c0de", sessionToken: "cms1.t", pendingResults: [] } });
    expect(exchanges.at(-1)?.host).toMatchObject({
      origin: "https://lms.example",
      referrer: "https://lms.example/",
      userAgent: "Browser",
      ipAddress: "127.0.0.1",
      lmsProduct: "Moodle",
    });
  });

  it("are answered a refusal as an answer, with its branding", async () => {
    const answer = await post("exchanges", { ...exchange, dispatchId: EMPTY_DISPATCH });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({
      refusal: { reason: "REFUSAL_REASON_SEATS_TAKEN", branding: { primaryColor: "#336699" } },
    });
  });

  it("are told what is wrong without a word of what they sent", async () => {
    for (const body of ["{", "[]", JSON.stringify({ ...exchange, learner: "Ada Lovelace" })]) {
      const answer = await post("exchanges", body);
      expect([answer.statusCode, answer.json().error.reason]).toEqual([400, "FIELD_INVALID"]);
      expect(answer.body).not.toContain("Lovelace");
    }
    const replay = await post("exchanges/redeem", { code: "old" });
    expect([replay.statusCode, replay.json().error.reason]).toEqual([403, "EXCHANGE_INVALID"]);
    const forged = await post("callbacks", { ...callback, signature: "AAAA" });
    expect([forged.statusCode, forged.json().error.reason]).toEqual([401, "SIGNATURE_INVALID"]);
  });

  it("redeem, ask for results, and report", async () => {
    const redeemed = await post("exchanges/redeem", { code: "c0de" }, { "user-agent": "Browser" });
    expect(redeemed.json()).toMatchObject({ playerUrl: "https://content.example/l/t/", bridgeSecret: "Browser" });
    const results = await post("results", { sessionToken: "t", afterSequence: "7", waitMs: 20 });
    expect(results.json()).toMatchObject({ results: [{ sequence: "8", result: { totalSeconds: "20" } }], over: false });
    const receipts = await post("receipts", { sessionToken: "t", receipts: [{ sequence: "3", call: "LMSCommit" }] });
    expect(receipts.json()).toEqual({ acknowledgedSequence: "3" });
    const signature = Buffer.alloc(32).toString("base64");
    const accepted = await post("callbacks", { ...callback, sequence: "4", signature });
    expect(accepted.json()).toEqual({ acknowledgedSequence: "4", stop: false });
  });

  it("may ask beforehand, and may not send more than is needed", async () => {
    const preflight = await bff.web.inject({ method: "OPTIONS", url: "/dispatch/v1/exchanges" });
    expect([preflight.statusCode, preflight.headers["access-control-allow-methods"]]).toEqual([204, "POST"]);
    expect((await post("exchanges", "x".repeat(70_000))).statusCode).toBe(429);
    expect((await post("receipts", "x".repeat(70_000))).statusCode).toBe(400);
  });

  it("are limited by address and subject", async () => {
    const asked: string[] = [];
    const limited = await testBff({
      fakes,
      env: { RATE_LIMITS: "1" },
      deps: {
        rateLimiter: {
          take: async (key, limit) => {
            asked.push(key);
            return { allowed: !key.includes(":address:"), remaining: limit, resetSeconds: Date.now() / 1_000 + 30 };
          },
        },
      },
    });
    const answer = await limited.web.inject({
      method: "POST",
      url: "/dispatch/v1/results",
      payload: JSON.stringify({ sessionToken: "a secret token" }),
      headers: { "content-type": "text/plain" },
    });
    expect([answer.statusCode, answer.json().error.reason]).toEqual([429, "RATE_LIMITED"]);
    expect(Number(answer.headers["retry-after"])).toBeGreaterThan(20);
    expect(asked).toHaveLength(2);
    expect(asked.join()).not.toContain("secret");
    await limited.stop();
  });
});

describe("pages of the gateway", () => {
  it("frame the player where the dispatch's domains may, and nowhere else", async () => {
    const page = await get(`bridge/${DISPATCH}`);
    const policy = String(page.headers["content-security-policy"]);
    expect(policy.split("; ")).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' https://styles.example",
        "frame-src https://*.content.example",
        "frame-ancestors 'self' https://*.lms.example",
      ]),
    );
    expect(page.headers).toMatchObject({
      "cache-control": "no-store",
      "cross-origin-opener-policy": "unsafe-none",
      "referrer-policy": "strict-origin-when-cross-origin",
    });
    expect([page.headers["x-frame-options"], page.headers["set-cookie"]]).toEqual([undefined, undefined]);
  });

  it("hold nothing of somebody else's as HTML", async () => {
    const page = await get(`bridge/${DISPATCH}`);
    expect(page.body).not.toContain("<script>");
    expect(page.body).not.toContain("</style>");
    expect(page.body).toContain("&#60;script&#62;alert(&#34;x&#34;)");
    const css = await get(`bridge/${DISPATCH}/branding.css`);
    expect(css.headers).toMatchObject({
      "content-type": "text/css; charset=utf-8",
      "x-content-type-options": "nosniff",
    });
    expect(css.body).toBe("</style><script>alert(1)</script>");
  });

  it("lead AICC hosts and links to the player with the code in the fragment only", async () => {
    const aicc = await get(`aicc/${DISPATCH}/${PACKAGE}/cmp1.k.s?AICC_SID=s1&aicc_url=lms.example%2Fhacp%3Fa%3D1`);
    expect(aicc.statusCode).toBe(303);
    expect(aicc.headers.location).toBe(`${admission.playerUrl}#s1~http://lms.example/hacp?a=1`);
    const link = await get("links/good");
    expect([link.statusCode, link.headers.location]).toEqual([303, `${admission.playerUrl}#c0de`]);
  });

  it("refuse in the dispatch's branding, and in words when something is wrong", async () => {
    const refused = await get(`aicc/${DISPATCH}/${PACKAGE}/bad?aicc_sid=s&aicc_url=https://h.example`);
    expect([refused.statusCode, refused.headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
    expect(refused.body).toContain(`/bridge/${DISPATCH}/branding.css`);
    expect(refused.body).toContain("#336699");
    expect(refused.body).not.toContain("<script>");
    const cases = [
      [`aicc/${DISPATCH}/${PACKAGE}/cmp1.k.s`, 400, "no-host", "Please start this course from your learning platform"],
      ["links/old", 403, "refused", "This start is no longer valid"],
      ["links/down", 503, "trouble", "We can’t open this course right now"],
      [`bridge/${EMPTY_DISPATCH}`, 403, "refused", "This start is no longer valid"],
      ["bridge/no-uuid", 400, "refused", "This start is no longer valid"],
    ] as const;
    for (const [path, status, kind, words] of cases) {
      const page = await get(path);
      expect([path, page.statusCode, page.headers["content-type"]]).toEqual([path, status, "text/html; charset=utf-8"]);
      expect(page.body).toContain(words);
      expect(page.body).toContain(`&#34;kind&#34;:&#34;${kind}&#34;`);
    }
  });
});
