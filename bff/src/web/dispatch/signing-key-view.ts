import type { MessageInitShape } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { type SigningKey, SigningKeyService } from "@coursemesh/proto/coursemesh/dispatch/v1/signing_key_pb.ts";
import type {
  SigningKeyRowSchema,
  SigningKeyViewService,
} from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import { millisOf } from "../../contract/timestamp.ts";
import type { ViewDeps } from "../view-deps.ts";

const KEYS = 100;

/** Keys that packages and launches are checked with. */
export function signingKeyView({ clients }: ViewDeps): ServiceImpl<typeof SigningKeyViewService> {
  const keys = clients.of(SigningKeyService);
  return {
    async listSigningKeys() {
      const { signingKeys } = await keys.listSigningKeys({ page: { pageSize: KEYS } });
      return { signingKeys: signingKeys.map(toKeyRow) };
    },

    async rotateSigningKey({ requestId }) {
      const { signingKey } = await keys.rotateSigningKey({ requestId: requestId || uuidV7() });
      return signingKey ? { signingKey: toKeyRow(signingKey) } : {};
    },

    async revokeSigningKey({ id }) {
      await keys.revokeSigningKey({ id });
      return {};
    },
  };
}

function toKeyRow(key: SigningKey): MessageInitShape<typeof SigningKeyRowSchema> {
  const { id, current, revoked, packageCount } = key;
  return {
    ...{ id, current, revoked, packageCount },
    createTime: millisOf(key.createTime),
    lastUseTime: millisOf(key.lastUseTime),
    revokeTime: millisOf(key.revokeTime),
  };
}
