import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** One span as OTLP's JSON has it. */
export interface CollectedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  /** 2 server, 3 client. */
  readonly kind: number;
  readonly attributes: readonly { key: string; value: { stringValue?: string } }[];
  /** `service.name` of the process. */
  readonly process: string;
}

/** An OTLP/HTTP receiver on loopback that keeps what it gets. */
export interface TraceCollector {
  readonly endpoint: string;
  readonly spans: CollectedSpan[];
  close(): void;
}

interface Otlp {
  resourceSpans: {
    resource: { attributes: CollectedSpan["attributes"] };
    scopeSpans: { spans: Omit<CollectedSpan, "process">[] }[];
  }[];
}

/** Starts a receiver. */
export async function collectTraces(): Promise<TraceCollector> {
  const spans: CollectedSpan[] = [];
  const server = createServer((request, response) => {
    text(request).then((body) => {
      for (const { resource, scopeSpans } of (JSON.parse(body) as Otlp).resourceSpans) {
        const process = resource.attributes.find((it) => it.key === "service.name")?.value.stringValue ?? "";
        for (const scope of scopeSpans) spans.push(...scope.spans.map((span) => ({ ...span, process })));
      }
      response.setHeader("content-type", "application/json").end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, spans, close: () => server.close() };
}
