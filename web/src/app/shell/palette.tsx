import { Spotlight, spotlight } from "@mantine/spotlight";
import { IconArrowRight, IconBooks, IconClipboardList, IconFileImport, IconSearch } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { isId } from "../../lib/format/ids.ts";
import { usePreferences } from "../../lib/preferences.ts";
import { recentObjects } from "../../lib/recent-objects.ts";
import { useOrganization } from "../../lib/session/use-session.tsx";
import { matchesWords } from "./matches-words.ts";
import { NAVIGATION } from "./navigation.ts";

const RECENT_ICONS = { course: IconBooks, registration: IconClipboardList, import: IconFileImport } as const;

/** Ctrl/Cmd+K: pages, recent objects, and any pasted id. */
export function Palette() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const organization = useOrganization();
  const { shortcuts } = usePreferences();
  const [query, setQuery] = useState("");
  useFocusSearchOnSlash(shortcuts);
  const pages = NAVIGATION.flatMap(({ pages }) => [...pages]).filter(({ key }) => matchesWords(t(`nav.${key}`), query));
  const recent = recentObjects(organization.id).filter(({ title }) => matchesWords(title, query));
  const id = isId(query) ? query.trim() : "";
  const open = (to: string) => void navigate({ href: to });
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut={shortcuts ? ["mod + K"] : null}
      // The palette must open from a search field too.
      tagsToIgnore={[]}
      triggerOnContentEditable
      clearQueryOnClose
      // Letters typed right after the shortcut must not be lost in an animation.
      transitionProps={{ duration: 0 }}
      scrollable
      maxHeight={420}
    >
      <Spotlight.Search
        placeholder={t("palette.placeholder")}
        aria-label={t("palette.placeholder")}
        leftSection={<IconSearch size={18} />}
      />
      <Spotlight.ActionsList>
        {id && (
          <Spotlight.ActionsGroup label={t("palette.id")}>
            <Spotlight.Action
              leftSection={<IconArrowRight size={18} />}
              label={t("palette.openId", { id })}
              onClick={() => open(`/go/${encodeURIComponent(id)}`)}
            />
          </Spotlight.ActionsGroup>
        )}
        {pages.length > 0 && (
          <Spotlight.ActionsGroup label={t("palette.pages")}>
            {pages.map(({ key, to, icon: Icon }) => (
              <Spotlight.Action
                key={key}
                leftSection={<Icon size={18} />}
                label={t(`nav.${key}`)}
                onClick={() => open(to.replace("$org", organization.slug))}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {recent.length > 0 && (
          <Spotlight.ActionsGroup label={t("palette.recent")}>
            {recent.map(({ kind, id: recentId, title }) => {
              const Icon = RECENT_ICONS[kind];
              return (
                <Spotlight.Action
                  key={recentId}
                  leftSection={<Icon size={18} />}
                  label={title}
                  description={t(`palette.kind_${kind}`)}
                  onClick={() => open(`/o/${organization.slug}/${kind}s/${recentId}`)}
                />
              );
            })}
          </Spotlight.ActionsGroup>
        )}
        {!id && pages.length === 0 && recent.length === 0 && <Spotlight.Empty>{t("palette.nothing")}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

/** Opens the palette. */
export const openPalette = spotlight.open;

/** `/` goes to the search field of the page. */
function useFocusSearchOnSlash(active: boolean): void {
  useEffect(() => {
    if (!active) return;
    const listen = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof Element && event.target.closest("input, textarea, select, [role=dialog]")) return;
      const field = document.querySelector<HTMLInputElement>("[data-page-search]");
      if (!field) return;
      event.preventDefault();
      field.focus();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [active]);
}
