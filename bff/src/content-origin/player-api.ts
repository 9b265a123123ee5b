import { runAs } from "@coursemesh/platform/auth/caller.ts";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { LaunchEnd } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import { PlayerService } from "@coursemesh/proto/coursemesh/runtime/v1/player_pb.ts";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { inApiSpan } from "./api-span.ts";
import { edge } from "./launch-directory.ts";
import { failLaunch } from "./launch-failure.ts";
import { openedLaunchJson, resultJson } from "./opened-launch-json.ts";

/** Largest journal segment, as the contract has it. */
const MAX_JOURNAL_BYTES = 16 * 1024 * 1024;
const MAX_USER_AGENT = 1_000;

/** Lets a request about a launch go on, or throws why not. */
export type Admit = (request: FastifyRequest, token: string) => Promise<void>;

interface TokenRoute {
  Params: { readonly token: string };
  Querystring: { readonly first?: string };
}

/** What the player says to the server: JSON over HTTP, the launch's token in the address the only credential. */
export function playerApi(scope: FastifyInstance, clients: Clients, admit: Admit): void {
  // Bodies are passed on as bytes: beacons come as text, and journals hold strings that parsing would change.
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: MAX_JOURNAL_BYTES }, (_request, body, done) =>
    done(null, body),
  );
  scope.setErrorHandler(async (error: Error, request, reply) => {
    const { reason, message, metadata } = failLaunch(error, request, reply);
    return reply.send({ error: { reason, message, metadata } });
  });
  const player = clients.of(PlayerService);
  const post = (
    name: string,
    answer: (request: FastifyRequest<TokenRoute>, token: string) => Promise<string>,
  ): void => {
    scope.post<TokenRoute>(`/l/:token/api/${name}`, { bodyLimit: MAX_JOURNAL_BYTES }, (request, reply) =>
      inApiSpan(request, reply, async () => {
        const { token } = request.params;
        await admit(request, token);
        return sendJson(reply, await runAs(edge, () => answer(request, token)));
      }),
    );
  };

  post("open", async (request, token) => {
    const userAgent = (request.headers["user-agent"] ?? "").slice(0, MAX_USER_AGENT);
    return openedLaunchJson(await player.openLaunch({ token, userAgent, takeLease: read(request).takeLease === true }));
  });
  post("journal", async (request, token) => {
    const { acknowledgedSeq, result, answerJson } = await player.appendJournal({
      token,
      firstSeq: firstOf(request.query.first),
      callsJson: bytesOf(request),
    });
    // JSON already, and written letter by letter like the state.
    const answer = answerJson === "" ? "" : `,"answer":${answerJson}`;
    return `{"acknowledgedSeq":${acknowledgedSeq},"result":${resultJson(result)}${answer}}`;
  });
  post("close", async (request, token) => {
    const { result } = await player.closeLaunch({ token, end: endOf(read(request).end) });
    return `{"result":${resultJson(result)}}`;
  });
}

function sendJson(reply: FastifyReply, json: string): FastifyReply {
  return reply.header("cache-control", "no-store").type("application/json; charset=utf-8").send(json);
}

function bytesOf({ body }: FastifyRequest): Uint8Array {
  return body instanceof Uint8Array ? body : new Uint8Array();
}

/** The fields of a body that we made ourselves. @throws FIELD_INVALID */
function read(request: FastifyRequest): Readonly<Record<string, unknown>> {
  const text = Buffer.from(bytesOf(request)).toString();
  if (text.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch {
    // Told below, like JSON of another kind.
  }
  throw fieldInvalid("body", "must be a JSON object");
}

function firstOf(text: string | undefined): number {
  const first = /^\d{1,9}$/.test(text ?? "") ? Number(text) : 0;
  if (first < 1) throw fieldInvalid("first", "must be the number of the first call, from 1");
  return first;
}

function endOf(end: unknown): LaunchEnd {
  if (end === "EXIT" || end === undefined) return LaunchEnd.EXIT;
  if (end === "CLOSED") return LaunchEnd.CLOSED;
  throw fieldInvalid("end", "must be EXIT or CLOSED");
}
