import {
  ActionIcon,
  Anchor,
  Badge,
  Button,
  createTheme,
  Drawer,
  type MantineColorsTuple,
  Menu,
  Modal,
  Paper,
  Tooltip,
} from "@mantine/core";

/** The one accent: primary action and focus. */
const accent: MantineColorsTuple = [
  "#f1effb",
  "#dfdaf5",
  "#c3baec",
  "#a99de6",
  "#8f80dd",
  "#7565d0",
  "#5f4dc0",
  "#4b3aa8",
  "#3e2f8f",
  "#302472",
];

const dark: MantineColorsTuple = [
  "#e3e7eb",
  "#c5ccd3",
  "#9aa4af",
  "#78828d",
  "#3a424b",
  "#2a3138",
  "#1d2227",
  "#15181c",
  "#101215",
  "#0b0d0f",
];

const gray: MantineColorsTuple = [
  "#f7f8f9",
  "#eff1f3",
  "#e4e7ea",
  "#d3d8dd",
  "#c3cad2",
  "#9aa3ad",
  "#68717d",
  "#4a525c",
  "#333a42",
  "#1d2227",
];

/** The header of a dialog is no banner of the page. */
const quietHeader = { header: { role: "presentation" } };

/** Density, type and surfaces: rows of 36 px on a 4 px grid, borders before shadows. */
export const theme = createTheme({
  primaryColor: "accent",
  primaryShade: { light: 7, dark: 5 },
  autoContrast: true,
  colors: { accent, dark, gray },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "Liberation Mono", monospace',
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "20px" },
  lineHeights: { xs: "16px", sm: "18px", md: "20px", lg: "24px", xl: "28px" },
  headings: {
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "20px", lineHeight: "28px" },
      h2: { fontSize: "15px", lineHeight: "20px" },
      h3: { fontSize: "13px", lineHeight: "18px" },
    },
  },
  defaultRadius: "6px",
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  components: {
    Button: Button.extend({ defaultProps: { size: "xs" } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: "subtle", color: "gray", size: 28 } }),
    Anchor: Anchor.extend({ defaultProps: { underline: "hover" } }),
    Badge: Badge.extend({ defaultProps: { variant: "default", radius: "sm", tt: "none", fw: 500 } }),
    Paper: Paper.extend({ defaultProps: { withBorder: true } }),
    Menu: Menu.extend({ defaultProps: { shadow: "sm", position: "bottom-end" } }),
    Modal: Modal.extend({
      defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.4 }, attributes: quietHeader },
    }),
    Drawer: Drawer.extend({
      defaultProps: { position: "right", overlayProps: { backgroundOpacity: 0.4 }, attributes: quietHeader },
    }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 300, withArrow: true, events: { hover: true, focus: true, touch: true } },
    }),
  },
});
