import { Alert, type AlertProps } from "@mantine/core";

const COLOUR = {
  failed: "var(--cm-failed)",
  passed: "var(--cm-passed)",
  warning: "var(--cm-incomplete)",
  neutral: "var(--mantine-color-text)",
} as const;

/** A framed message in one of the status colours, which keep their contrast in light and dark. */
export function Notice({
  kind,
  ...props
}: Omit<AlertProps, "color" | "variant" | "styles"> & { readonly kind: keyof typeof COLOUR }) {
  const colour = COLOUR[kind];
  return (
    <Alert
      {...props}
      variant="default"
      styles={{
        root: { borderColor: kind === "neutral" ? "var(--cm-border)" : colour },
        label: { color: colour },
        icon: { color: colour },
        message: { color: "var(--mantine-color-text)" },
      }}
    />
  );
}
