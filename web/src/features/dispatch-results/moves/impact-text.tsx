import type { VersionMoveImpactView } from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";
import { Stack, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Notice } from "../../../components/notice.tsx";

export const GROUPS = ["not_started", "incomplete", "completed", "passed", "failed"] as const;
/** Lost activities that are named; the rest is counted. */
const NAMED = 8;

/** What a move would do: who moves, what each group keeps or loses, who has the course open. */
export function ImpactText({ impact }: { readonly impact: VersionMoveImpactView }) {
  const { t, i18n } = useTranslation();
  const number = (value: bigint) => value.toLocaleString(i18n.language);
  const { groups, lostActivityIds: lost, openSessionCount } = impact;
  if (impact.registrationCount === 0n)
    return (
      <Notice kind="neutral" role="status">
        <Text fz="sm">{t("dispatchResults.impactNone")}</Text>
      </Notice>
    );
  return (
    <Notice
      kind="warning"
      role="status"
      title={t("dispatchResults.impactCount", {
        count: Number(impact.registrationCount),
        formatted: number(impact.registrationCount),
      })}
    >
      <Stack gap="xs">
        <Table verticalSpacing={4} horizontalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t("dispatchResults.group")}</Table.Th>
              <Table.Th scope="col" className="numbers">
                {t("dispatchResults.keep")}
              </Table.Th>
              <Table.Th scope="col" className="numbers">
                {t("dispatchResults.beginAgain")}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {groups.map(({ group, registrationCount, restartCount }) => {
              const known = GROUPS.find((one) => one === group);
              return (
                <Table.Tr key={group}>
                  <Table.Td>{known ? t(`dispatchResults.group_${known}`) : group}</Table.Td>
                  <Table.Td className="numbers">{number(registrationCount - restartCount)}</Table.Td>
                  <Table.Td className="numbers">{number(restartCount)}</Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
        {openSessionCount > 0n && (
          <Text fz="sm">{t("dispatchResults.openSessions", { count: Number(openSessionCount) })}</Text>
        )}
        {lost.length > 0 && (
          <Text fz="sm" style={{ overflowWrap: "anywhere" }}>
            {t("dispatchResults.lostActivities", { count: lost.length, names: lost.slice(0, NAMED).join(", ") })}
          </Text>
        )}
      </Stack>
    </Notice>
  );
}
