import { Permission } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { buildQuizPackage } from "@coursemesh/samples/build-quiz-package.ts";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { makeKey, secondOwner } from "../../product/organization-keys.ts";
import { type RestClient, restClient } from "../../product/rest-client.ts";
import { type Product, startProduct } from "../../product/start-product.ts";

interface EventBody {
  readonly id: string;
  readonly type: string;
  readonly timestamp: string;
  readonly cursor: string;
  readonly data: object;
  readonly subject: { readonly courseId?: string };
}
interface Envelope {
  readonly success: boolean;
  readonly data: { readonly events: EventBody[]; readonly nextCursor: string; readonly more: boolean };
  readonly error?: { readonly code: string; readonly message: string; readonly parameter?: string };
}

describe("events over REST", () => {
  let product: Product;
  let rest: RestClient;

  beforeAll(async () => {
    product = await startProduct();
    rest = restClient(product);
    await rest.importCourse("quiz", await buildQuizPackage());
    await rest.register("quiz", "r1");
    // What happened is in the log a moment later.
    const created = async () => expect(typesOf(await get("events?type=registration.created"))).toHaveLength(1);
    await vi.waitFor(created, { timeout: 20_000 });
  });
  afterAll(() => product.remove());

  async function get(path: string, authorization = product.authorization): Promise<Envelope & { status: number }> {
    const response = await fetch(`${product.url}/api/v1/${path}`, { headers: authorization ? { authorization } : {} });
    return { status: response.status, ...((await response.json()) as Envelope) };
  }
  const typesOf = ({ data }: Envelope): string[] => data.events.map(({ type }) => type);

  it("come page by page behind a cursor, each once, oldest first", async () => {
    const whole = await get("events?limit=500");
    expect(whole).toMatchObject({ status: 200, success: true });
    const found: EventBody[] = [];
    let page = await get("events?limit=2");
    for (; page.data.events.length > 0; page = await get(`events?limit=2&cursor=${page.data.nextCursor}`))
      found.push(...page.data.events);
    expect(found).toEqual(whole.data.events);
    expect(typesOf(whole)).toEqual(expect.arrayContaining(["course.created", "registration.created"]));
    const [first] = found;
    const one = (await get(`events/${first?.id}`)) as unknown as { readonly data: EventBody };
    expect(one.data).toEqual(first);
  });

  it("are filtered by type, family and course, by its own id or ours", async () => {
    expect(typesOf(await get("events?type=course.created,import.*&course=quiz"))).toContain("course.created");
    const [course] = (await get("events?type=course.created")).data.events;
    const ours = await get(`events?course=${course?.subject.courseId}&type=registration.created`);
    expect(typesOf(ours)).toEqual(["registration.created"]);
  });

  it("are waited for", async () => {
    const { data } = await get("events?limit=500");
    const waiting = get(`events?cursor=${data.nextCursor}&type=registration.created&waitSeconds=20`);
    await rest.register("quiz", "r2");
    const answer = await waiting;
    expect(typesOf(answer)).toEqual(["registration.created"]);
    const after = await get(`events?cursor=${answer.data.nextCursor}&type=registration.created&waitSeconds=1`);
    expect([after.status, after.data.events]).toEqual([200, []]);
  });

  it("say which parameter is wrong", async () => {
    const wrong: [string, string, string][] = [
      ["events?limit=0", "limit", "FIELD_INVALID"],
      ["events?limit=501", "limit", "FIELD_INVALID"],
      ["events?waitSeconds=31", "waitSeconds", "FIELD_INVALID"],
      ["events?type=course.exploded", "type", "FILTER_INVALID"],
      ["events?cursor=nonsense", "cursor", "CURSOR_INVALID"],
      ["events/1", "id", "FIELD_INVALID"],
    ];
    for (const [path, parameter, code] of wrong)
      expect(await get(path), path).toMatchObject({ status: 400, success: false, error: { code, parameter } });
    expect(await get("events?course=none")).toMatchObject({ status: 404, error: { code: "COURSE_NOT_FOUND" } });
    expect(await get("nothing")).toMatchObject({ status: 404, success: false });
  });

  it("have types with a schema and an example each", async () => {
    const { data } = (await get("event-types")) as unknown as {
      readonly data: { readonly eventTypes: { name: string; jsonSchema: object; example: object }[] };
    };
    const completed = data.eventTypes.find(({ name }) => name === "registration.completed");
    expect(completed?.jsonSchema).toHaveProperty("properties");
    expect(Object.keys(completed?.example ?? {})).not.toEqual([]);
  });

  it("are for holders of event:read, and of no other organization", async () => {
    expect((await get("events", "")).status).toBe(401);
    const second = await secondOwner(product);
    const without = await get("events", await makeKey(product, second, [Permission.COURSE_READ]));
    expect(without).toMatchObject({
      status: 403,
      error: { code: "PERMISSION_MISSING", details: { permission: "event:read" } },
    });
    const reader = await makeKey(product, second, [Permission.EVENT_READ]);
    const mine = await get("events?limit=500", reader);
    expect(typesOf(mine)).not.toContain("registration.created");
    const theirs = await get("events?limit=500");
    expect(await get(`events/${theirs.data.events[0]?.id}`, reader)).toMatchObject({ status: 404 });
    expect(await get(`events?cursor=${theirs.data.nextCursor}`, reader)).toMatchObject({
      status: 400,
      error: { code: "CURSOR_INVALID" },
    });
  });
});
