import { useMediaQuery } from "@mantine/hooks";

/** True where tables become cards and filters move into a sheet. */
export function usePhone(): boolean {
  return useMediaQuery("(max-width: 48em)", undefined, { getInitialValueInEffect: false }) ?? false;
}
