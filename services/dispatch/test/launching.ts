import { create } from "@bufbuild/protobuf";
import { anonymous } from "@coursemesh/platform/auth/caller.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { deriveKey } from "@coursemesh/platform/secrets/seal.ts";
import { TEST_SECRET } from "@coursemesh/platform/testing/test-database.ts";
import type { Dispatch } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";
import {
  type Admission,
  type HostFacts,
  type HostLearner,
  type OpenExchangeRequest,
  OpenExchangeRequestSchema,
  type OpenExchangeResponse,
  type RedeemExchangeResponse,
} from "@coursemesh/proto/coursemesh/dispatch/v1/launch_pb.ts";
import { RefusalReason } from "@coursemesh/proto/coursemesh/dispatch/v1/licence_pb.ts";
import { PackageFormat, PackageState } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import pg from "pg";
import { packageSignature } from "../src/signing_key/package-signature.ts";
import { signingKeys } from "../src/signing_key/signing-keys.ts";
import { callsOf, type DispatchHarness, owner } from "./dispatch-harness.ts";

/** A package as a host has imported it. */
export interface ImportedPackage {
  readonly dispatchId: string;
  readonly packageId: string;
  readonly packageSignature: string;
}

/** What a test may say of a launch. */
export interface LaunchWishes {
  readonly requestId?: string;
  readonly instanceToken?: string;
  readonly freshEntry?: boolean;
  readonly host?: Partial<Omit<HostFacts, "$typeName">>;
  readonly learner?: Partial<Omit<HostLearner, "$typeName">>;
}

/** A launch that was redeemed. */
export interface TestLaunch {
  readonly admission: Admission;
  readonly redeemed: RedeemExchangeResponse;
  readonly sessionToken: string;
}

/** Stands for a customer's LMS and the package's page in it. */
export interface TestHost {
  /** Imports a package of a dispatch; without making its file. */
  importPackage(dispatch: Pick<Dispatch, "id">, format?: PackageFormat, at?: Date): Promise<ImportedPackage>;
  /** A launch of a learner. */
  request(from: ImportedPackage, learnerId: string, wishes?: LaunchWishes): OpenExchangeRequest;
  open(request: OpenExchangeRequest): Promise<OpenExchangeResponse>;
  /** Opens and redeems. */
  launch(from: ImportedPackage, learnerId: string, wishes?: LaunchWishes): Promise<TestLaunch>;
  stop(): Promise<void>;
}

export function testHost(harness: DispatchHarness): TestHost {
  const pool = new pg.Pool({ connectionString: harness.test.urlOf("dispatch"), max: 2 });
  pool.on("error", () => undefined);
  const keys = signingKeys({ pool: () => pool, sealKey: deriveKey(TEST_SECRET, "dispatch"), now: () => new Date() });
  const nobody = callsOf(harness, anonymous).launches;
  const host: TestHost = {
    async importPackage({ id: dispatchId }, format = PackageFormat.SCORM12, at = new Date(0)) {
      const packageId = uuidV7();
      keys.forget();
      const key = await keys.current(owner.organizationId);
      await harness.sql(
        `insert into package (id, tenant_id, dispatch_id, format, state, signing_key_id, created_at)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [packageId, owner.organizationId, dispatchId, format, PackageState.READY, key.id, at],
      );
      return { dispatchId, packageId, packageSignature: packageSignature(key, { dispatchId, packageId, format }) };
    },
    request: (from, learnerId, wishes = {}) =>
      create(OpenExchangeRequestSchema, {
        requestId: uuidV7(),
        ...from,
        launcherVersion: "1",
        freshEntry: true,
        ...wishes,
        host: { origin: "https://lms.example", lmsCourseId: "c1", lmsProduct: "Test LMS", ...wishes.host },
        learner: { id: learnerId, name: "Doe, Jane", ...wishes.learner },
      }),
    open: (request) => nobody.openExchange(request),
    async launch(from, learnerId, wishes) {
      const admission = admitted(await host.open(host.request(from, learnerId, wishes)));
      const redeemed = await nobody.redeemExchange({ code: admission.code, parentOrigin: "https://lms.example" });
      return { admission, redeemed, sessionToken: redeemed.sessionToken };
    },
    stop: () => pool.end(),
  };
  return host;
}

/** What was admitted; fails when the launch was refused. */
export function admitted({ outcome }: Pick<OpenExchangeResponse, "outcome">): Admission {
  if (outcome.case !== "admission") throw new Error(`the launch was refused: ${reasonFor({ outcome })}`);
  return outcome.value;
}

const names = new Map<number, string>(Object.entries(RefusalReason).map(([name, value]) => [value, name]));

/** Why a launch was refused, or `admitted`. */
export function reasonFor({ outcome }: Pick<OpenExchangeResponse, "outcome">): string {
  return outcome.case === "refusal" ? (names.get(outcome.value.reason) ?? "") : "admitted";
}
