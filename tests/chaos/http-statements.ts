import type { StatementSender } from "../../services/lrs/test/contending-writers.ts";
import type { Json } from "../../services/lrs/test/statement-calls.ts";
import type { Product } from "../product/start-product.ts";
import { xapiClient } from "../product/xapi-client.ts";

/** A batch that was not stored, or of which nobody knows. */
export class NotStored extends Error {
  /** 0 when there was no answer. */
  readonly status: number;

  constructor(status: number, text: string) {
    super(`${status} ${text}`);
    this.status = status;
  }
}

/** Stores and reads statements of a product over HTTP. */
export interface HttpStatements extends StatementSender {
  /** The ids of all statements, oldest first. */
  readonly allIds: () => Promise<string[]>;
}

export function httpStatements(product: Product): HttpStatements {
  const call = xapiClient(product);
  return {
    async store(batch: readonly Json[]) {
      const { status, text, json } = await call("POST", "statements", { body: batch, version: "1.0.3" }).catch(
        (error: unknown) => {
          throw new NotStored(0, String(error));
        },
      );
      if (status !== 200) throw new NotStored(status, text);
      return { ids: json() as string[] };
    },
    async allIds() {
      const ids: string[] = [];
      const query = { ascending: "true", limit: "500", format: "ids" };
      for (let page = await call("GET", "statements", { query }); ; ) {
        if (page.status !== 200) throw new Error(`reading answered ${page.status} ${page.text}`);
        const { statements, more } = page.json() as { statements: { id: string }[]; more: string };
        for (const { id } of statements) ids.push(id);
        if (!more) return ids;
        page = await call("GET", more);
      }
    },
  };
}
