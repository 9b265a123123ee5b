import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { runAs, serviceCaller } from "@coursemesh/platform/auth/caller.ts";
import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { IdentityService } from "@coursemesh/proto/coursemesh/user/v1/identity_pb.ts";
import type { DataDir } from "./data-dir.ts";
import { importSamples } from "./import-samples.ts";
import type { StartConfig } from "./start-config.ts";

/** What the first start made. */
export interface Bootstrapped {
  /** Set when the password was made up here: the only time it can be shown. */
  readonly password: string | undefined;
}

/** Prepares an installation at its first start: organization, owner, key, sample courses. Later starts change nothing. */
export async function bootstrap(clients: Clients, config: StartConfig, dataDir: DataDir): Promise<Bootstrapped> {
  const password = config.ADMIN_PASSWORD ?? madeUpPassword();
  const [apiKeyId = "", apiKeySecret = ""] = config.BOOTSTRAP_API_KEY?.split(":") ?? [];
  const { created, organizationId } = await runAs(serviceCaller("mesh"), () =>
    clients.of(IdentityService).bootstrapInstallation({
      organizationName: "My organization",
      organizationSlug: "my-organization",
      adminEmail: config.ADMIN_EMAIL,
      adminPassword: password,
      apiKeyId,
      apiKeySecret,
    }),
  );
  if (config.SAMPLES) await importSamples(clients, organizationId, join(dataDir.path, "samples-imported"));
  return { password: created && config.ADMIN_PASSWORD === undefined ? password : undefined };
}

/** Satisfies the password rules by its shape: upper, lower, digit and special. */
function madeUpPassword(): string {
  return `Cm-${randomBytes(12).toString("base64url").replaceAll("_", "x")}-7a`;
}
