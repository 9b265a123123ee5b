import {
  IconBooks,
  IconChartBar,
  IconClipboardList,
  IconDatabase,
  IconHome,
  IconKey,
  IconPackageExport,
  IconSettings,
  IconTimelineEvent,
  IconUsers,
  IconWebhook,
} from "@tabler/icons-react";

/** Pages of the sidebar, in the order of the information architecture. Only what exists is linked. */
export const NAVIGATION = [
  {
    group: undefined,
    pages: [
      { key: "overview", to: "/o/$org", icon: IconHome },
      { key: "courses", to: "/o/$org/courses", icon: IconBooks },
      { key: "registrations", to: "/o/$org/registrations", icon: IconClipboardList },
      { key: "people", to: "/o/$org/people", icon: IconUsers },
      { key: "dispatch", to: "/o/$org/dispatch", icon: IconPackageExport },
      { key: "analytics", to: "/o/$org/analytics", icon: IconChartBar },
    ],
  },
  {
    group: "developers",
    pages: [
      { key: "webhooks", to: "/o/$org/webhooks", icon: IconWebhook },
      { key: "events", to: "/o/$org/events", icon: IconTimelineEvent },
      { key: "lrs", to: "/o/$org/lrs", icon: IconDatabase },
      { key: "apiKeys", to: "/o/$org/api-keys", icon: IconKey },
    ],
  },
  { group: "govern", pages: [{ key: "settings", to: "/o/$org/settings", icon: IconSettings }] },
] as const;
