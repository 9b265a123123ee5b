import { Button, Drawer, Group, Stack, TextInput } from "@mantine/core";
import { useDebouncedCallback, useDisclosure } from "@mantine/hooks";
import { IconFilter, IconSearch } from "@tabler/icons-react";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { usePhone } from "../lib/use-phone.ts";

/** Search beside the filters; on a phone the filters are in a sheet. `/` focuses the search. */
export function FilterBar(props: {
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly searchLabel: string;
  readonly searchError?: string | undefined;
  readonly activeFilters?: number;
  readonly children?: ReactNode;
}) {
  const { t } = useTranslation();
  const phone = usePhone();
  const [open, sheet] = useDisclosure(false);
  return (
    <Group gap="xs" mb="sm">
      <SearchField query={props.query} onQuery={props.onQuery} label={props.searchLabel} error={props.searchError} />
      {props.children && !phone && props.children}
      {props.children && phone && (
        <>
          <Button variant="default" size="sm" leftSection={<IconFilter size={16} />} onClick={sheet.open}>
            {props.activeFilters ? t("list.filtersActive", { count: props.activeFilters }) : t("list.filters")}
          </Button>
          <Drawer opened={open} onClose={sheet.close} position="bottom" size="auto" title={t("list.filters")}>
            <Stack>
              {props.children}
              <Button size="md" onClick={sheet.close}>
                {t("list.showResults")}
              </Button>
            </Stack>
          </Drawer>
        </>
      )}
    </Group>
  );
}

function SearchField(props: {
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly label: string;
  readonly error: string | undefined;
}) {
  const [text, setText] = useState(props.query);
  const report = useDebouncedCallback((value: string) => props.onQuery(value), 250);
  useEffect(() => setText(props.query), [props.query]);
  return (
    <TextInput
      type="search"
      data-page-search
      flex="1 1 220px"
      maw={360}
      leftSection={<IconSearch size={16} />}
      aria-label={props.label}
      placeholder={props.label}
      value={text}
      error={props.error}
      onChange={(event) => {
        setText(event.currentTarget.value);
        report(event.currentTarget.value);
      }}
    />
  );
}
