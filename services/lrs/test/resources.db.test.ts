import { createHash, randomUUID } from "node:crypto";
import { failure, present } from "@coursemesh/platform/testing/failure.ts";
import { as } from "@coursemesh/platform/testing/test-mesh.ts";
import { Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { AboutService } from "@coursemesh/proto/coursemesh/lrs/v1/about_pb.ts";
import { ActivityService } from "@coursemesh/proto/coursemesh/lrs/v1/activity_pb.ts";
import { AgentService } from "@coursemesh/proto/coursemesh/lrs/v1/agent_pb.ts";
import { AttachmentService } from "@coursemesh/proto/coursemesh/lrs/v1/attachment_pb.ts";
import { StatementService, XapiVersion } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sweepAttachments } from "../src/attachment/sweep-attachments.ts";
import { keyCaller, type LrsHarness, owner, startLrs, stranger } from "./lrs-harness.ts";

let lrs: LrsHarness;
beforeAll(async () => {
  lrs = await startLrs({ env: { ATTACHMENT_MAX_BYTES: "3000000" } });
});
afterAll(() => lrs.stop());

async function store(statement: object, caller = owner, uploaded: { sha2: string; sizeBytes: bigint }[] = []) {
  const whole = {
    actor: { mbox: "mailto:ann@example.org" },
    verb: { id: "https://example.org/did" },
    object: { id: "https://example.org/thing" },
    ...statement,
  };
  const request = {
    statements: [{ json: Buffer.from(JSON.stringify(whole)) }],
    attachments: uploaded,
    version: XapiVersion.V2_0_0,
  };
  const { ids } = await as(caller, () => lrs.mesh.clients.of(StatementService).storeStatements(request));
  return present(ids[0]);
}

it("answers both versions, and nobody has to sign in for that (XAPI-00316)", async () => {
  const { versions, extensionsJson } = await lrs.mesh.clients.of(AboutService).getAbout({});
  expect([versions, Buffer.from(extensionsJson).toString()]).toEqual([["1.0.3", "2.0.0"], "{}"]);
});

describe("activities", () => {
  const service = () => lrs.mesh.clients.of(ActivityService);
  const json = async (activityId: string, caller = owner): Promise<unknown> => {
    const { activity } = await as(caller, () => service().getActivity({ activityId }));
    return JSON.parse(Buffer.from(present(activity).json).toString());
  };

  it("have everything that statements said of them (XAPI-00254), each organization its own", async () => {
    const id = "https://example.org/meeting";
    const type = "http://adlnet.gov/expapi/activities/meeting";
    await store({ object: { id, definition: { name: { "en-US": "meeting" }, type } } });
    await store({ object: { id, definition: { name: { "fr-FR": "réunion" } } } });
    await store({ object: { id, definition: { name: { "en-US": "theirs" } } } }, stranger);
    const name = { "en-US": "meeting", "fr-FR": "réunion" };
    expect(await json(id)).toEqual({ objectType: "Activity", id, definition: { name, type } });
    expect(await json(id, stranger)).toMatchObject({ definition: { name: { "en-US": "theirs" } } });
    expect(await json("https://example.org/unknown")).toEqual({
      objectType: "Activity",
      id: "https://example.org/unknown",
    });
  });

  it("are listed by IRI, narrowed by a part of IRI or name and by type", async () => {
    const type = "https://example.org/types/unit";
    for (const [place, name] of [
      ["b", "Zwei 50%"],
      ["a", "Eins"],
      ["c", "eins und zwei"],
    ]) {
      const definition = { type, name: { de: name, en: `${place} in English` }, description: { de: "Eins" } };
      await store({ object: { id: `https://units.example/${place}`, definition } });
    }
    const list = async (request: object) => {
      const answer = await as(owner, () => service().listActivities({ acceptLanguage: "en;q=0.5, de", ...request }));
      return answer.activities.map((it) => `${it.id.split("/").at(-1)} ${it.name}`);
    };
    expect(await list({ type })).toEqual(["a Eins", "b Zwei 50%", "c eins und zwei"]);
    expect(await list({ query: "eINS", type })).toEqual(["a Eins", "c eins und zwei"]);
    expect(await list({ query: "50%" })).toEqual(["b Zwei 50%"]);
    expect(await list({ query: "units.example/" })).toHaveLength(3);
    expect(await list({ query: "units.example/", type: "https://example.org/types/other" })).toEqual([]);
    const page = await as(owner, () => service().listActivities({ type, page: { pageSize: 2, withTotal: true } }));
    expect(page.page?.total).toBe(3n);
    const pageToken = page.page?.nextPageToken ?? "";
    const rest = await as(owner, () => service().listActivities({ type, page: { pageSize: 2, pageToken } }));
    expect(rest.activities.map(({ id }) => id)).toEqual(["https://units.example/c"]);
  });
});

describe("agents", () => {
  const service = () => lrs.mesh.clients.of(AgentService);
  const person = async (agent: object, caller = owner): Promise<unknown> => {
    const { json } = await as(caller, () => service().getPerson({ agentJson: JSON.stringify(agent) }));
    return JSON.parse(Buffer.from(json).toString());
  };

  it("are persons with every name they were seen with (XAPI-00248)", async () => {
    const account = { homePage: "https://lms.example", name: "p1" };
    await store({ actor: { account, name: "Pat Doe" } });
    await store({ actor: { account, name: "Pat Smith", objectType: "Agent" } });
    await store({ actor: { account, name: "Their Pat" } }, stranger);
    expect(await person({ account })).toEqual({
      objectType: "Person",
      name: ["Pat Smith", "Pat Doe"],
      account: [account],
    });
    const unknown = { mbox: "mailto:nobody@example.org", name: "Nobody" };
    expect(await person(unknown)).toEqual({ objectType: "Person", name: ["Nobody"], mbox: [unknown.mbox] });
    const hash = "ebd31e95054c018b10727ccffd2ef2ec3a016ee9";
    expect(await person({ mbox_sha1sum: hash })).toEqual({ objectType: "Person", mbox_sha1sum: [hash] });
    expect(await person({ openid: "https://id.example/x" })).toEqual({
      objectType: "Person",
      openid: ["https://id.example/x"],
    });
    expect((await failure(person({ name: "nobody" }))).reason).toBe("AGENT_INVALID");
  });

  it("are listed by name, narrowed by a part of name or identifier", async () => {
    for (const name of ["Quinn B", "Quinn A"]) {
      await store({ actor: { mbox: `mailto:${name.replace(" ", ".")}@quinn.example`, name } });
    }
    const list = async (query: string, caller = owner) => {
      const { agents } = await as(caller, () => service().listAgents({ query }));
      return agents.map(({ name }) => name);
    };
    expect(await list("quinn")).toEqual(["Quinn A", "Quinn B"]);
    expect(await list("Quinn.B@quinn")).toEqual(["Quinn B"]);
    expect(await list("quinn", stranger)).toEqual([]);
  });
});

describe("attachments", () => {
  const service = () => lrs.mesh.clients.of(AttachmentService);
  const hashOf = (content: Buffer, algorithm = "sha256"): string => createHash(algorithm).update(content).digest("hex");
  const upload = (content: Buffer, sha2 = hashOf(content), caller = owner) =>
    as(caller, () =>
      service().uploadAttachment(
        (async function* () {
          yield { part: { case: "header" as const, value: { sha2, contentType: "text/plain" } } };
          for (let at = 0; at < content.length; at += 1_000_000)
            yield { part: { case: "chunk" as const, value: content.subarray(at, at + 1_000_000) } };
        })(),
      ),
    );
  const download = (sha2: string, range: { offset?: bigint; length?: bigint } = {}, caller = owner) =>
    as(caller, async () => {
      const pieces: Uint8Array[] = [];
      let type = "";
      for await (const { part } of service().downloadAttachment({ sha2, ...range })) {
        if (part.case === "header") type = `${part.value.contentType} ${part.value.sizeBytes}`;
        else if (part.case === "chunk") pieces.push(part.value);
      }
      return { type, content: Buffer.concat(pieces) };
    });

  it("come back whole or in part, by any SHA-2", async () => {
    const content = Buffer.from("0123456789".repeat(150_000));
    for (const algorithm of ["sha224", "sha256", "sha384", "sha512"]) {
      const sha2 = hashOf(content, algorithm);
      expect(await upload(content, sha2)).toMatchObject({ sha2, sizeBytes: 1_500_000n });
      expect((await download(sha2)).content.equals(content)).toBe(true);
    }
    const sha2 = hashOf(content);
    const part = await download(sha2, { offset: 1_000_003n, length: 5n });
    expect([part.type, part.content.toString()]).toEqual(["text/plain 1500000", "34567"]);
    expect((await download(sha2, { offset: 1_499_999n })).content.toString()).toBe("9");
    expect((await download(sha2, { offset: 2_000_000n })).content.length).toBe(0);
    await upload(Buffer.alloc(0));
    expect((await download(hashOf(Buffer.alloc(0)))).type).toBe("text/plain 0");
  });

  it("are refused with another hash, or too large, and nothing is kept", async () => {
    const content = Buffer.from("mislabelled");
    const wrong = hashOf(Buffer.from("other"));
    const refused = { reason: "ATTACHMENT_HASH_MISMATCH", metadata: { sha2: wrong, actual: hashOf(content) } };
    expect(await failure(upload(content, wrong))).toEqual(refused);
    expect((await failure(upload(content, "ab".repeat(30)))).reason).toBe("ATTACHMENT_HASH_MISMATCH");
    const large = Buffer.alloc(3_000_001);
    expect(await failure(upload(large))).toMatchObject({ reason: "ATTACHMENT_TOO_LARGE" });
    for (const sha2 of [wrong, hashOf(content), hashOf(large)]) {
      expect((await failure(download(sha2))).reason).toBe("ATTACHMENT_NOT_FOUND");
    }
  });

  it("are an organization's own, and of those who read only their own, the uploader's", async () => {
    const content = Buffer.from("private");
    const sha2 = hashOf(content);
    const permissions = [Permission.STATEMENT_WRITE, Permission.STATEMENT_READMINE];
    const writer = { ...keyCaller("key-1"), permissions };
    await upload(content, sha2, writer);
    expect((await download(sha2, {}, writer)).content).toEqual(content);
    expect((await download(sha2)).content).toEqual(content);
    const other = { ...keyCaller("key-2"), permissions };
    expect((await failure(download(sha2, {}, other))).reason).toBe("ATTACHMENT_NOT_FOUND");
    expect((await failure(download(sha2, {}, stranger))).reason).toBe("ATTACHMENT_NOT_FOUND");
  });

  it("go after a day unless a statement names them, their bytes an hour later unless they came again", async () => {
    const [kept, lost, late] = ["kept", "lost", "late"].map((text) => Buffer.from(`${text} ${randomUUID()}`));
    for (const content of [kept!, lost!, late!]) await upload(content);
    const attachment = {
      usageType: "https://example.org/usage",
      display: { en: "File" },
      contentType: "text/plain",
      length: kept!.length,
      sha2: hashOf(kept!),
    };
    await store({ attachments: [attachment] }, owner, [{ sha2: attachment.sha2, sizeBytes: BigInt(kept!.length) }]);
    const pool = new pg.Pool({ connectionString: lrs.test.urlOf("lrs"), max: 1 });
    const { blobs } = lrs.mesh.deps;
    const sweep = (hours: number) => sweepAttachments(pool, blobs, new Date(Date.now() + hours * 3_600_000));
    const blobOf = async (content: Buffer): Promise<string> => {
      const rows = await lrs.sql<{ blob_hash: string }>("select blob_hash from attachment where sha2 = $1", [
        hashOf(content),
      ]);
      return present(rows[0]).blob_hash;
    };
    const [lostBlob, lateBlob] = [await blobOf(lost!), await blobOf(late!)];
    await sweep(23);
    expect((await download(hashOf(lost!))).content).toEqual(lost);
    await sweep(25);
    expect((await download(hashOf(kept!))).content).toEqual(kept);
    expect((await failure(download(hashOf(lost!)))).reason).toBe("ATTACHMENT_NOT_FOUND");
    expect(await blobs.stat(lostBlob)).toBeDefined();
    await upload(late!);
    await sweep(27);
    expect([await blobs.stat(lostBlob), await blobs.stat(lateBlob)]).toEqual([undefined, expect.any(Number)]);
    await pool.end();
  });
});
