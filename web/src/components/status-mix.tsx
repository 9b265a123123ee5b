import type { StatusCounts } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { Box, Button, Group, Stack, Table, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { formatShare } from "../lib/format/score.ts";
import { StatusGlyph } from "./status-glyph.tsx";
import classes from "./status-mix.module.css";
import { statusParts } from "./status-parts.ts";

/** Where the registrations stand, as one 100% bar with its numbers, and as a table. */
export function StatusMix({ counts }: { readonly counts: StatusCounts }) {
  const { t, i18n } = useTranslation();
  const [asTable, { toggle }] = useDisclosure(false);
  const { parts, total } = statusParts(counts);
  const number = (value: number) => value.toLocaleString(i18n.language);
  return (
    <Stack gap={10}>
      {asTable ? (
        <Table verticalSpacing={4} horizontalSpacing={0} maw={420}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t("statusMix.status")}</Table.Th>
              <Table.Th scope="col" className="numbers">
                {t("statusMix.registrations")}
              </Table.Th>
              <Table.Th scope="col" className="numbers">
                {t("statusMix.share")}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {parts.map((part) => (
              <Table.Tr key={part.kind}>
                <Table.Td>{t(`statusMix.${part.kind}`)}</Table.Td>
                <Table.Td className="numbers">{number(part.count)}</Table.Td>
                <Table.Td className="numbers">{formatShare(part.count, total)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      ) : (
        <>
          <Box className={classes.bar} aria-hidden="true">
            {parts
              .filter((part) => part.count > 0)
              .map((part) => (
                <span key={part.kind} className={classes.part} data-kind={part.kind} style={{ flexGrow: part.count }} />
              ))}
          </Box>
          <Group gap="md" component="ul" className={classes.legend}>
            {parts.map((part) => (
              <Group key={part.kind} component="li" gap={5} wrap="nowrap">
                <StatusGlyph kind={part.glyph} shape={part.shape} />
                <Text span fz="sm">
                  {t(`statusMix.${part.kind}`)}
                </Text>
                <Text span fz="sm" fw={600}>
                  {number(part.count)}
                </Text>
                <Text span fz="sm" c="dimmed">
                  {formatShare(part.count, total)}
                </Text>
              </Group>
            ))}
          </Group>
        </>
      )}
      <Group justify="space-between" gap="xs">
        <Text fz="xs" c="dimmed">
          {t("statusMix.of", { count: total, formatted: number(total) })}
        </Text>
        <Button variant="subtle" color="gray" size="compact-xs" fw={400} onClick={toggle} aria-pressed={asTable}>
          {asTable ? t("common.viewAsChart") : t("common.viewAsTable")}
        </Button>
      </Group>
    </Stack>
  );
}
