/**
 * Opens a tab at once, while the click still allows it, and sends it to the address when it is known. A tab opened after the answer would
 * be taken for a pop-up and blocked. The tab closes again when the address could not be had.
 */
export async function openInNewTab(address: () => Promise<string>, failed: (error: unknown) => void): Promise<void> {
  const tab = window.open("about:blank", "_blank");
  try {
    const url = await address();
    if (tab) {
      tab.opener = null;
      tab.location.replace(url);
    } else location.assign(url);
  } catch (error) {
    tab?.close();
    failed(error);
  }
}
