import { create, type DescMethodUnary, fromBinary, type MessageShape, toBinary } from "@bufbuild/protobuf";
import {
  Code,
  ConnectError,
  type ConnectRouter,
  createContextValues,
  createRouterTransport,
  createServiceImplSpec,
  type HandlerContext,
  type Interceptor,
  type MethodImpl,
  type Transport,
  type UnaryRequest,
  type UnaryResponse,
} from "@connectrpc/connect";
import { errorFromJson, errorToJson } from "@connectrpc/connect/protocol-connect";

/** Any method's implementation; the router's types have made sure that it fits its method. */
type AnyImpl = MethodImpl<DescMethodUnary>;
type Next = ReturnType<Interceptor>;

/** How the in-memory handler of a call names itself. */
const PLACE = { requestMethod: "POST", protocolName: "connect" } as const;

/**
 * A transport to an app of this process. Messages and errors go through their wire form, so that neither side can see or change what is
 * the other's, and both sides' interceptors run as they do between processes. Unary calls skip all of HTTP that Connect's own in-memory
 * transport plays through: requests, bodies, streams and abort signals are most of what a small call costs. Streams, and calls that
 * bring a signal or a deadline, take that longer way.
 */
export function directTransport(
  routes: (router: ConnectRouter) => void,
  server: readonly Interceptor[],
  client: readonly Interceptor[],
): Transport {
  const impls = new Map<DescMethodUnary, AnyImpl>();
  const longWay = createRouterTransport((router) => routes(noting(router, impls)), {
    router: { interceptors: [...server] },
    transport: { interceptors: [...client] },
  });
  const handle = interceptedBy(server, async (request) => answer(request as UnaryRequest, impls));
  const call = interceptedBy(client, async (request) => overTheWire(request as UnaryRequest, handle));

  return {
    async unary(method, signal, timeoutMs, header, input, contextValues) {
      if (signal !== undefined || timeoutMs !== undefined || !impls.has(method))
        return longWay.unary(method, signal, timeoutMs, header, input, contextValues);
      const request: UnaryRequest = {
        stream: false,
        service: method.parent,
        method,
        requestMethod: PLACE.requestMethod,
        url: `https://in-memory/${method.parent.typeName}/${method.name}`,
        signal: new AbortController().signal,
        header: new Headers(header),
        contextValues: contextValues ?? createContextValues(),
        message: create(method.input, input),
      };
      try {
        return (await call(request)) as UnaryResponse<typeof method.input, typeof method.output>;
      } catch (error) {
        throw ConnectError.from(error);
      }
    },
    stream: (...args) => longWay.stream(...args),
  };
}

/** The router, and note is taken of every unary method that it is given. */
function noting(router: ConnectRouter, impls: Map<DescMethodUnary, AnyImpl>): ConnectRouter {
  const noted: ConnectRouter = {
    handlers: router.handlers,
    service(service, implementation, options) {
      for (const spec of Object.values(createServiceImplSpec(service, implementation).methods))
        if (spec.kind === "unary") impls.set(spec.method, spec.impl);
      router.service(service, implementation, options);
      return noted;
    },
    rpc(method, implementation, options) {
      router.rpc(method, implementation, options);
      return noted;
    },
  };
  return noted;
}

function interceptedBy(interceptors: readonly Interceptor[], innermost: Next): Next {
  return interceptors.reduceRight((next, interceptor) => interceptor(next), innermost);
}

/** Takes a call to the other side and its answer back. */
async function overTheWire(request: UnaryRequest, handle: Next): Promise<UnaryResponse> {
  const { method, service } = request;
  const over = new AbortController();
  try {
    const response = await handle({
      ...request,
      signal: over.signal,
      contextValues: createContextValues(),
      message: copyOf(method.input, request.message),
    });
    if (response.stream) throw new ConnectError("one message was asked for and a stream came", Code.Internal);
    const { header, trailer, message } = response;
    return { stream: false, service, method, header, trailer, message: copyOf(method.output, message) };
  } catch (error) {
    throw errorOverTheWire(error);
  } finally {
    // Whatever a handler left running for its caller ends with the call.
    over.abort(CALL_OVER);
  }
}

/** Made once: an abort without a reason makes an error with a stack each time. */
const CALL_OVER = new ConnectError("the call is over", Code.Canceled);

async function answer(request: UnaryRequest, impls: ReadonlyMap<DescMethodUnary, AnyImpl>): Promise<UnaryResponse> {
  const { method, service, header, signal, contextValues, url } = request;
  const context: HandlerContext = {
    ...PLACE,
    service,
    method,
    signal,
    url,
    timeoutMs: () => undefined,
    requestHeader: header,
    responseHeader: new Headers(),
    responseTrailer: new Headers(),
    values: contextValues,
  };
  const implementation = impls.get(method);
  if (implementation === undefined) throw new ConnectError(`nobody answers ${method.name}`, Code.Unimplemented);
  const message = create(method.output, await implementation(request.message, context));
  return { stream: false, service, method, header: context.responseHeader, trailer: context.responseTrailer, message };
}

function copyOf<Schema extends DescMethodUnary["input"]>(
  schema: Schema,
  message: MessageShape<Schema>,
): MessageShape<Schema> {
  return fromBinary(schema, toBinary(schema, message));
}

/** An error as the other side is told: code, sentence, details; never its cause or stack. */
function errorOverTheWire(error: unknown): ConnectError {
  const told = error instanceof ConnectError ? error : new ConnectError("internal error", Code.Internal);
  return errorFromJson(errorToJson(told, undefined), told.metadata, new ConnectError("internal error", Code.Internal));
}
