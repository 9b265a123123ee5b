import { randomBytes } from "node:crypto";
import { buildQuizPackage } from "@coursemesh/samples/build-quiz-package.ts";
import { restClient } from "../../product/rest-client.ts";
import type { Product } from "../../product/start-product.ts";
import { firstDelivery } from "./delivery.ts";
import { type HttpConnection, httpConnection } from "./http-connection.ts";
import type { Sender } from "./rounds.ts";

/** Players of a running product, each with a registration, a launch and a connection of its own, as so many browsers have. */
export interface ProductPlayers {
  open(count: number): Promise<Sender[]>;
  /** Closes every connection. */
  close(): void;
}

/** Imports the sample quiz, which everybody plays. */
export async function productPlayers(product: Product): Promise<ProductPlayers> {
  const rest = restClient(product);
  const job = await rest.importCourse("bench", await buildQuizPackage());
  if (job.status !== "COMPLETE") throw new Error(`the course was not imported: ${JSON.stringify(job)}`);
  const connections: HttpConnection[] = [];

  const openOne = async (): Promise<Sender> => {
    const id = randomBytes(8).toString("hex");
    await rest.register("bench", id);
    const link = new URL((await rest.launchLink(id)).replace(/\/?$/, "/api/"));
    const connection = await httpConnection(link.origin);
    connections.push(connection);
    const opened = await connection.post(`${link.pathname}open`, "{}");
    if (opened.status !== 200) throw new Error(`opening a launch answered ${opened.status}: ${opened.body}`);
    const { outline } = JSON.parse(opened.body) as { outline: { activities: { identifier: string }[] } };
    const place = { activity: outline.activities[0]?.identifier ?? "" };
    const send = async (firstSeq: number, text: string): Promise<void> => {
      const { status, body } = await connection.post(`${link.pathname}journal?first=${firstSeq}`, text);
      const { acknowledgedSeq } = (status === 200 ? JSON.parse(body) : {}) as { acknowledgedSeq?: number };
      if (acknowledgedSeq === undefined || acknowledgedSeq < firstSeq)
        throw new Error(`call ${firstSeq} was not taken: ${status} ${body}`);
    };
    await send(1, firstDelivery(place));
    return { place, send, next: 3 };
  };

  return {
    async open(count) {
      const senders: Sender[] = [];
      for (let index = 0; index < count; index += 1) senders.push(await openOne());
      return senders;
    },
    close() {
      for (const connection of connections) connection.close();
    },
  };
}
