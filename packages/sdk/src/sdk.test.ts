import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { DescFile, DescService } from "@bufbuild/protobuf";
import { Code, ConnectError, createClient, createRouterTransport, type Interceptor } from "@connectrpc/connect";
import { accessOf } from "@coursemesh/platform/rpc/access.ts";
import { CourseService } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { RegistrationService } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import { describe, expect, it } from "vitest";
import { namespaces } from "./clients.ts";
import { basicCredentials } from "./credentials.ts";
import { eachItem } from "./each-item.ts";
import { reasonOf } from "./reason.ts";
import { fillRequestId } from "./request-id.ts";
import { retryUnavailable } from "./retry.ts";

const contracts = fileURLToPath(new URL("../../../proto/gen/coursemesh", import.meta.url));

async function servicesOf(name: string): Promise<DescService[]> {
  const files = readdirSync(`${contracts}/${name}/v1`).filter((file) => file.endsWith("_pb.ts"));
  const modules = await Promise.all(
    files.map((file) => import(`${contracts}/${name}/v1/${file}`) as Promise<Record<string, DescService | DescFile>>),
  );
  return modules.flatMap((exported) =>
    Object.values(exported).filter((it): it is DescService => it?.kind === "service"),
  );
}

describe("namespaces", () => {
  it.each(Object.entries(namespaces))("%s has every service that outsiders may call, once", async (name, clients) => {
    const callable = (await servicesOf(name)).filter((service) =>
      service.methods.some((method) => accessOf(method).case !== "internal"),
    );
    const expected = callable.map((service) => service.typeName).toSorted();
    expect(
      Object.values<DescService>(clients)
        .map((it) => it.typeName)
        .toSorted(),
    ).toEqual(expected);
  });
});

/** Clients of a server that is away for some calls. */
function flaky(failures: number, interceptors: Interceptor[]) {
  const seen: { header: Headers; requestId: string }[] = [];
  const answer = (header: Headers, requestId = "") => {
    seen.push({ header, requestId });
    if (seen.length <= failures) throw new ConnectError("away", Code.Unavailable);
    return {};
  };
  const transport = createRouterTransport(
    ({ service }) => {
      service(CourseService, {
        listCourses: (_request, { requestHeader }) => answer(requestHeader),
        deleteCourse: (_request, { requestHeader }) => answer(requestHeader),
      });
      service(RegistrationService, {
        createRegistration: ({ requestId }, { requestHeader }) => answer(requestHeader, requestId),
      });
    },
    { transport: { interceptors } },
  );
  return {
    seen,
    courses: createClient(CourseService, transport),
    registrations: createClient(RegistrationService, transport),
  };
}
const fast = { pauseMs: 1 };

describe("a call that finds nobody there", () => {
  it("is repeated when it only reads", async () => {
    const { seen, courses } = flaky(2, [retryUnavailable(fast)]);
    await courses.listCourses({});
    expect(seen).toHaveLength(3);
  });

  it("is repeated with the same request id when it creates", async () => {
    const { seen, registrations } = flaky(1, [fillRequestId, retryUnavailable(fast)]);
    await registrations.createRegistration({ courseId: "c" });
    expect(seen).toHaveLength(2);
    expect(seen[0]?.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(seen[1]?.requestId).toBe(seen[0]?.requestId);
  });

  it("is not repeated when a repeat might do harm", async () => {
    const { seen, courses } = flaky(1, [retryUnavailable(fast)]);
    await expect(courses.deleteCourse({})).rejects.toThrow("away");
    expect(seen).toHaveLength(1);
  });

  it("is given up after four times", async () => {
    const { seen, courses } = flaky(9, [retryUnavailable(fast)]);
    await expect(courses.listCourses({})).rejects.toThrow("away");
    expect(seen).toHaveLength(4);
  });
});

it("keeps a request id that the caller chose", async () => {
  const { seen, registrations } = flaky(0, [fillRequestId]);
  await registrations.createRegistration({ requestId: "mine" });
  expect(seen[0]?.requestId).toBe("mine");
});

it("sends the key with every call", async () => {
  const { seen, courses } = flaky(0, [basicCredentials({ id: "k", secret: "s" })]);
  await courses.listCourses({});
  expect(seen[0]?.header.get("authorization")).toBe(`Basic ${btoa("k:s")}`);
});

it("reads a list page by page", async () => {
  const pages = [
    { rows: [1, 2], page: { nextPageToken: "two" } },
    { rows: [], page: { nextPageToken: "three" } },
    { rows: [3], page: { nextPageToken: "" } },
  ];
  const tokens: string[] = [];
  const rows: number[] = [];
  const read = async ({ pageToken }: { pageToken: string }) => {
    tokens.push(pageToken);
    return pages[tokens.length - 1]!;
  };
  for await (const row of eachItem(read, (answer) => answer.rows)) rows.push(row);
  expect([rows, tokens]).toEqual([
    [1, 2, 3],
    ["", "two", "three"],
  ]);
});

it("gives no reason for an error that has none", () => expect(reasonOf(new Error("x"))).toBeUndefined());
