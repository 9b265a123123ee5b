import type { MessageInitShape } from "@bufbuild/protobuf";
import type { HandlerContext, ServiceImpl } from "@connectrpc/connect";
import { Code, ConnectError } from "@connectrpc/connect";
import { runAs } from "@coursemesh/platform/auth/caller.ts";
import { fieldInvalid, reasonOf, serviceError } from "@coursemesh/platform/errors/service-error.ts";
import { SessionService, type SessionTokens } from "@coursemesh/proto/coursemesh/user/v1/session_pb.ts";
import type { SessionViewService, ViewerSchema } from "@coursemesh/proto/coursemesh/web/v1/session_view_pb.ts";
import type { ViewDeps } from "../view-deps.ts";
import { addressKey } from "./caller-address.ts";
import { requireOwnOrigin } from "./own-origin.ts";
import { clearedRefreshCookie, readRefreshCookie, refreshCookie } from "./refresh-cookie.ts";
import { toViewer } from "./viewer.mapper.ts";

const sessionEnded = (): ConnectError =>
  serviceError(Code.Unauthenticated, "SESSION_ENDED", "the session is over; sign in again");

/** Signing in and out of the web UI. */
export function sessionView({ clients, authenticate, publicUrl }: ViewDeps): ServiceImpl<typeof SessionViewService> {
  const sessions = clients.of(SessionService);
  const secure = publicUrl.startsWith("https:");

  /** Keeps the refresh token in the cookie and gives the page the rest. */
  const welcome = async (
    tokens: SessionTokens | undefined,
    context: HandlerContext,
  ): Promise<MessageInitShape<typeof ViewerSchema>> => {
    if (tokens === undefined) throw sessionEnded();
    const caller = await authenticate(`Bearer ${tokens.accessToken}`);
    const session = await runAs(caller, () => sessions.getSession({}));
    context.responseHeader.append("set-cookie", refreshCookie(tokens.refreshToken, tokens.refreshExpireTime, secure));
    context.responseHeader.set("cache-control", "no-store");
    return toViewer(session, tokens);
  };

  return {
    async signIn({ email, password }, context) {
      requireOwnOrigin(context.requestHeader, publicUrl, true);
      const { tokens } = await sessions.createSession({
        email,
        password,
        userAgent: (context.requestHeader.get("user-agent") ?? "").slice(0, 1_000),
        ipAddress: context.values.get(addressKey).slice(0, 64),
      });
      return { viewer: await welcome(tokens, context) };
    },

    async refresh(_request, context) {
      const refreshToken = readRefreshCookie(context.requestHeader);
      if (refreshToken === undefined) throw sessionEnded();
      requireOwnOrigin(context.requestHeader, publicUrl, false);
      try {
        const { tokens } = await sessions.refreshSession({ refreshToken });
        return { viewer: await welcome(tokens, context) };
      } catch (error) {
        if (error instanceof ConnectError && error.code === Code.Unauthenticated)
          context.responseHeader.append("set-cookie", clearedRefreshCookie(secure));
        throw error;
      }
    },

    async signOut(_request, context) {
      const refreshToken = readRefreshCookie(context.requestHeader);
      if (refreshToken === undefined) return {};
      requireOwnOrigin(context.requestHeader, publicUrl, false);
      await sessions.endSession({ refreshToken });
      context.responseHeader.append("set-cookie", clearedRefreshCookie(secure));
      return {};
    },

    async switchOrganization({ organizationId }, context) {
      requireOwnOrigin(context.requestHeader, publicUrl, true);
      const { tokens } = await sessions.switchOrganization({ organizationId });
      return { viewer: await welcome(tokens, context) };
    },

    async changePassword({ currentPassword, newPassword }, context) {
      requireOwnOrigin(context.requestHeader, publicUrl, true);
      try {
        await sessions.changePassword({ currentPassword, newPassword });
        return {};
      } catch (error) {
        // Unauthenticated would tell the page to renew its session and to try again, which counts as another guess.
        if (reasonOf(error) === "SIGN_IN_FAILED")
          throw fieldInvalid("current_password", "is not your present password");
        throw error;
      }
    },
  };
}
