import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import type { Caller } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { type StoreStatementsRequest, XapiVersion } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import { sameStatement } from "@coursemesh/xapi/same-statement.ts";
import type { Actor, Statement } from "@coursemesh/xapi/statement.ts";
import type { StatementFacts } from "@coursemesh/xapi/statement-facts.ts";
import { STAMPED_VERSION, type XapiVersion as Version } from "@coursemesh/xapi/version.ts";
import { signatureInvalid, statementIdRepeated, versionUnsupported } from "../errors.ts";
import { signatureProblem } from "./check-signature.ts";
import { completeRaw, completionOf } from "./complete-raw.ts";
import type { Batch, PreparedStatement } from "./prepared-statement.ts";
import { type ReadStatement, readStatement } from "./read-statement.ts";
import { type AttachmentPlaces, type ReceivedAttachments, receiveAttachments } from "./receive-attachments.ts";
import { mentionsOf } from "./statement-mentions.ts";

/** The rules by the version of a request. @throws VERSION_UNSUPPORTED */
export function versionOf(version: XapiVersion): Version {
  if (version === XapiVersion.V1_0_3) return "1.0.3";
  if (version === XapiVersion.V2_0_0) return "2.0.0";
  throw versionUnsupported({ version: String(version), supported: "1.0.3, 2.0.0" });
}

/** What preparing needs besides the request. */
export interface PrepareDeps {
  readonly attachments: AttachmentPlaces;
  readonly authority: Actor;
  /** Lets a batch with these verbs in or throws. */
  readonly admit: (verbs: readonly string[]) => Promise<void>;
}

/** Checks and completes a batch, so that nothing is left to do but to write it. @throws what StoreStatements may give, but conflicts */
export async function prepareBatch(
  caller: Caller,
  { statements, attachments, version: asked }: StoreStatementsRequest,
  deps: PrepareDeps,
): Promise<Batch> {
  const version = versionOf(asked);
  const read = statements.map((statement, index) => readStatement(statement, index, version));
  refuseRepeatedIds(read);
  await deps.admit(read.map(({ value }) => value.verb.id));
  const stamped = completionOf(deps.authority, STAMPED_VERSION[version]);
  const made = read.map(({ json, value, id: given }) => {
    const id = given || uuidV7();
    const { statement, ...raw } = completeRaw(json, value, id, stamped);
    const { facts, ...mentions } = mentionsOf(statement);
    return { id, json, value, raw, facts, mentions };
  });
  const named = made.flatMap(({ facts }) => facts.attachments);
  const received = await receiveAttachments(deps.attachments, caller.organizationId, caller.id, named, attachments);
  for (const one of made) await checkSignatures(one, received, version);
  // Texts, not what was parsed of them, are kept while the batch waits: collecting garbage costs the more the more objects stay.
  const texts = new Map(made.map(({ id, json }) => [id, json]));
  return {
    tenantId: caller.organizationId,
    callerId: caller.id,
    statements: made.map(({ id, raw, mentions, facts }): PreparedStatement => {
      return { id, ...raw, ...mentions, attachments: contentHashes(facts, received) };
    }),
    same: ({ id }, stored) => {
      const text = texts.get(id);
      return text !== undefined && sameStatement(JSON.parse(text) as Statement, JSON.parse(stored) as Statement);
    },
  };
}

function refuseRepeatedIds(statements: readonly ReadStatement[]): void {
  const ids = new Set<string>();
  for (const { id } of statements) {
    if (id !== "" && ids.has(id)) throw statementIdRepeated({ statement_id: id });
    ids.add(id);
  }
}

function contentHashes({ attachments }: StatementFacts, { here }: ReceivedAttachments): string[] {
  return [...new Set(attachments.map(({ sha2 }) => sha2))].filter((sha2) => here.has(sha2));
}

async function checkSignatures(
  { id, value, facts }: { id: string; value: Statement; facts: StatementFacts },
  received: ReceivedAttachments,
  version: Version,
): Promise<void> {
  for (const { sha2, signature } of facts.attachments) {
    if (!signature) continue;
    const content = await received.content(sha2);
    const description = content ? await signatureProblem({ ...value, id }, content, version) : "did not come along";
    if (description) throw signatureInvalid({ statement_id: id, description }, `the signature ${description}`);
  }
}
