import { create, createRegistry, type DescFile, type DescService, type Registry, toBinary } from "@bufbuild/protobuf";
import { nestedTypes } from "@bufbuild/protobuf/reflect";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { Code, type ConnectRouter } from "@connectrpc/connect";
import {
  ServerReflection,
  type ServerReflectionRequest,
  type ServerReflectionResponse,
  ServerReflectionResponseSchema,
} from "@coursemesh/proto/grpc/reflection/v1/reflection_pb.ts";

type Answer = ServerReflectionResponse["messageResponse"];

/** gRPC server reflection (grpc.reflection.v1): lists the services and gives every file a client needs to call them. */
export function reflectionRoutes(router: ConnectRouter, services: readonly DescService[]): void {
  const files = closureOf(services.map((service) => service.file));
  const registry = createRegistry(...files.values());
  router.service(ServerReflection, {
    async *serverReflectionInfo(requests) {
      for await (const request of requests) {
        yield create(ServerReflectionResponseSchema, {
          validHost: request.host,
          originalRequest: request,
          messageResponse: answer(request, services, files, registry),
        });
      }
    },
  });
}

function answer(
  request: ServerReflectionRequest,
  services: readonly DescService[],
  files: ReadonlyMap<string, DescFile>,
  registry: Registry,
): Answer {
  const asked = request.messageRequest;
  switch (asked.case) {
    case "listServices":
      return {
        case: "listServicesResponse",
        value: { service: services.map((service) => ({ name: service.typeName })) },
      } as Answer;
    case "fileByFilename":
      return fileAnswer([...files.values()].find((file) => `${file.name}.proto` === asked.value));
    case "fileContainingSymbol":
      return fileAnswer(fileOfSymbol(asked.value, files, registry));
    case "fileContainingExtension": {
      const { containingType, extensionNumber } = asked.value;
      const found = [...files.values()].find((file) =>
        extensionsOf(file).some((it) => it.extendee.typeName === containingType && it.number === extensionNumber),
      );
      return fileAnswer(found);
    }
    case "allExtensionNumbersOfType": {
      const numbers = [...files.values()].flatMap((file) =>
        extensionsOf(file)
          .filter((it) => it.extendee.typeName === asked.value)
          .map((it) => it.number),
      );
      return {
        case: "allExtensionNumbersResponse",
        value: { baseTypeName: asked.value, extensionNumber: numbers },
      } as Answer;
    }
    default:
      return {
        case: "errorResponse",
        value: { errorCode: Code.InvalidArgument, errorMessage: "nothing was asked" },
      } as Answer;
  }

  function fileAnswer(file: DescFile | undefined): Answer {
    if (file === undefined)
      return { case: "errorResponse", value: { errorCode: Code.NotFound, errorMessage: "not known here" } } as Answer;
    const needed = [...closureOf([file]).values()].map((it) => toBinary(FileDescriptorProtoSchema, it.proto));
    return { case: "fileDescriptorResponse", value: { fileDescriptorProto: needed } } as Answer;
  }
}

function fileOfSymbol(symbol: string, files: ReadonlyMap<string, DescFile>, registry: Registry): DescFile | undefined {
  const direct = registry.get(symbol);
  if (direct) return direct.file;
  const parent = registry.getService(symbol.slice(0, symbol.lastIndexOf(".")));
  if (parent?.methods.some((method) => `${parent.typeName}.${method.name}` === symbol)) return parent.file;
  return [...files.values()].find((file) => [...nestedTypes(file)].some((type) => type.typeName === symbol));
}

function extensionsOf(file: DescFile): { extendee: { typeName: string }; number: number }[] {
  return [...nestedTypes(file)].filter((type) => type.kind === "extension");
}

/** The files and everything they import, imports first. */
function closureOf(roots: readonly DescFile[]): Map<string, DescFile> {
  const found = new Map<string, DescFile>();
  const visit = (file: DescFile): void => {
    if (found.has(file.name)) return;
    for (const dependency of file.dependencies) visit(dependency);
    found.set(file.name, file);
  };
  for (const root of roots) visit(root);
  return found;
}
