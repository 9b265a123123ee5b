import { fileURLToPath } from "node:url";
import { createClient, type Interceptor } from "@connectrpc/connect";
import { createConnectTransport, createGrpcTransport, createGrpcWebTransport } from "@connectrpc/connect-node";
import { MESH_PORTS } from "@coursemesh/platform/service/service-module.ts";
import { CourseService } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { Health, HealthCheckResponse_ServingStatus as Status } from "@coursemesh/proto/grpc/health/v1/health_pb.ts";
import { ServerReflection } from "@coursemesh/proto/grpc/reflection/v1/reflection_pb.ts";
import { type Client, credentials, loadPackageDefinition, Metadata, type ServiceError } from "@grpc/grpc-js";
import { load } from "@grpc/proto-loader";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Product, type Shape, startProduct } from "../product/start-product.ts";

const proto = fileURLToPath(new URL("../../proto", import.meta.url));

describe.each<Shape>(["single", "mesh"])("GRPC_PORT of the %s shape", (shape) => {
  let product: Product;
  const authorize: Interceptor = (next) => (request) => {
    request.header.set("authorization", product.authorization);
    return next(request);
  };

  beforeAll(async () => {
    product = await startProduct({ shape });
  });
  afterAll(() => product.remove());

  it("answers @grpc/grpc-js, with the contract loaded from its files", async () => {
    const definition = await load("coursemesh/course/v1/course.proto", {
      includeDirs: [proto, `${proto}/third_party`],
      defaults: true,
    });
    const loaded = loadPackageDefinition(definition) as unknown as {
      coursemesh: {
        course: {
          v1: { CourseService: new (address: string, it: unknown) => Client & Record<string, CallableFunction> };
        };
      };
    };
    const client = new loaded.coursemesh.course.v1.CourseService(
      new URL(product.grpcUrl).host,
      credentials.createInsecure(),
    );
    const call = (metadata: Metadata, request: object = {}, method = "ListCourses"): Promise<{ courses?: unknown[] }> =>
      new Promise((resolve, reject) => {
        client[method]?.(request, metadata, (error: ServiceError | null, answer: { courses?: unknown[] }) =>
          error ? reject(error) : resolve(answer),
        );
      });
    const metadata = new Metadata();
    metadata.set("authorization", product.authorization);
    expect((await call(metadata)).courses).toEqual([]);
    await expect(call(new Metadata())).rejects.toMatchObject({ code: 16 });
    await expect(call(metadata, { id: "00000000-0000-7000-8000-000000000000" }, "GetCourse")).rejects.toMatchObject({
      code: 5,
    });
    client.close();
  });

  it("answers gRPC, gRPC-Web and Connect JSON alike", async () => {
    const options = { baseUrl: product.grpcUrl, interceptors: [authorize] };
    const transports = [
      createGrpcTransport(options),
      createGrpcWebTransport({ ...options, httpVersion: "2" }),
      createConnectTransport({ ...options, httpVersion: "2", useBinaryFormat: false }),
    ];
    for (const transport of transports) {
      const { courses, page } = await createClient(CourseService, transport).listCourses({ page: { withTotal: true } });
      expect([courses, page?.total]).toEqual([[], 0n]);
    }
  });

  it("lists every service of all nine by reflection, and gives their files", async () => {
    const reflection = createClient(ServerReflection, createGrpcTransport({ baseUrl: product.grpcUrl }));
    async function* ask() {
      yield { messageRequest: { case: "listServices" as const, value: "" } };
      yield { messageRequest: { case: "fileContainingSymbol" as const, value: "coursemesh.course.v1.CourseService" } };
    }
    const answers = [];
    for await (const answer of reflection.serverReflectionInfo(ask())) answers.push(answer.messageResponse);
    const [list, files] = answers;
    const names = list?.case === "listServicesResponse" ? list.value.service.map((service) => service.name) : [];
    for (const service of Object.keys(MESH_PORTS))
      expect(
        names.some((name) => name.startsWith(`coursemesh.${service}.v1.`)),
        service,
      ).toBe(true);
    expect(files?.case === "fileDescriptorResponse" && files.value.fileDescriptorProto.length).toBeGreaterThan(3);
  });

  it("says it is healthy, as a whole and by service", async () => {
    const health = createClient(Health, createGrpcTransport({ baseUrl: product.grpcUrl }));
    for (const service of ["", "course", "coursemesh.runtime.v1.PlayerService"]) {
      expect((await health.check({ service })).status, service).toBe(Status.SERVING);
    }
    await expect(health.check({ service: "nobody" })).rejects.toThrow(/not_found/);
  });
});
