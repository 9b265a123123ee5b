import type { SessionRow } from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";
import { Stack, Text } from "@mantine/core";
import { AnchorLink } from "../../../components/links.tsx";
import { shortId } from "../../../lib/format/ids.ts";
import { useOrganization } from "../../../lib/session/use-session.tsx";

/** How a learner is called: by name, else by what the host calls them; hashed ids are cut. */
export function learnerText({ learnerName, learnerId }: Pick<SessionRow, "learnerName" | "learnerId">): string {
  return learnerName || (learnerId.length > 40 ? shortId(learnerId) : learnerId) || "—";
}

/** A learner, as a link to the session. */
export function LearnerName({ session }: { readonly session: SessionRow }) {
  const { slug } = useOrganization();
  return (
    <Stack gap={0} miw={0} maw={240}>
      <AnchorLink
        to="/o/$org/dispatch/sessions/$sessionId"
        params={{ org: slug, sessionId: session.id }}
        fw={500}
        fz="sm"
        truncate
      >
        {learnerText(session)}
      </AnchorLink>
      {session.learnerName && (
        <Text fz="xs" c="dimmed" truncate title={session.learnerId}>
          {session.learnerId}
        </Text>
      )}
    </Stack>
  );
}
