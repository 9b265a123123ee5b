import { ConnectError, type Interceptor } from "@connectrpc/connect";

/**
 * Errors of services go on to the browser with code, sentence and details. What stays here is their metadata: headers of the inner
 * answer, which would be taken for headers of ours.
 */
export const relayedErrors: Interceptor = (next) => async (request) => {
  try {
    const response = await next(request);
    return response.stream ? { ...response, message: relay(response.message) } : response;
  } catch (error) {
    throw withoutMetadata(error);
  }
};

async function* relay<T>(messages: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* messages;
  } catch (error) {
    throw withoutMetadata(error);
  }
}

function withoutMetadata(error: unknown): unknown {
  if (!(error instanceof ConnectError)) return error;
  const relayed = new ConnectError(error.rawMessage, error.code, undefined, undefined, error.cause);
  relayed.details = error.details;
  return relayed;
}
