import { Group, Progress, Stack, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../../../components/copy-button.tsx";
import { stateElements, suspendDataLimit, suspendDataUse } from "../state-elements.ts";

/** The data model of one activity. `changed` is the element the present call set. */
export function DataElements({ stateJson, changed = "" }: { readonly stateJson: string; readonly changed?: string }) {
  const { t } = useTranslation();
  const elements = stateElements(stateJson);
  if (elements.length === 0)
    return (
      <Text fz="sm" c="dimmed">
        {t("journal.noData")}
      </Text>
    );
  return (
    <Table layout="fixed" verticalSpacing={4} horizontalSpacing={6} fz="xs">
      <caption className="visually-hidden">{t("journal.dataElements")}</caption>
      <colgroup>
        <col style={{ width: "57%" }} />
        <col />
      </colgroup>
      <Table.Thead className="visually-hidden">
        <Table.Tr>
          <Table.Th scope="col">{t("journal.element")}</Table.Th>
          <Table.Th scope="col">{t("journal.value")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {elements.map(({ element, value }) => (
          <Table.Tr
            key={element}
            style={element === changed ? { background: "light-dark(#fff6dc, #3a3115)" } : undefined}
            aria-current={element === changed ? "true" : undefined}
          >
            <Table.Td style={{ verticalAlign: "top", overflowWrap: "anywhere" }}>
              <code>{element}</code>
            </Table.Td>
            <Table.Td style={{ verticalAlign: "top", overflowWrap: "anywhere" }}>
              {element === "cmi.suspend_data" ? (
                <SuspendData value={value} limit={suspendDataLimit(stateJson)} />
              ) : (
                <code>{value === "" ? '""' : value}</code>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** The bookmark courses write for themselves, with how much of the book's limit it takes. */
function SuspendData({ value, limit }: { readonly value: string; readonly limit: number }) {
  const { t, i18n } = useTranslation();
  const use = suspendDataUse(value, limit);
  const over = use > 100;
  return (
    <Stack gap={4}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <code tabIndex={0} style={{ maxHeight: 96, overflow: "auto" }}>
        {value || '""'}
      </code>
      <Progress
        value={Math.min(100, use)}
        size="xs"
        color={over ? "red" : use > 80 ? "yellow" : "accent"}
        aria-label={t("journal.suspendUse")}
      />
      <Group gap={4} justify="space-between" wrap="nowrap">
        <Text span fz="xs" c={over ? "var(--cm-failed)" : "dimmed"}>
          {t("journal.suspendOf", {
            use: use.toLocaleString(i18n.language),
            limit: limit.toLocaleString(i18n.language),
          })}
        </Text>
        <CopyButton value={value} label={t("journal.copyValue")} />
      </Group>
    </Stack>
  );
}
