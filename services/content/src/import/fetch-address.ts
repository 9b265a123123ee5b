/** An address with its user name and password moved to where a request carries them, out of sight of redirects and messages. */
export function signedIn(address: URL): { url: URL; headers: Record<string, string> } {
  const url = new URL(address);
  const { username, password } = url;
  if (username === "" && password === "") return { url, headers: {} };
  url.username = "";
  url.password = "";
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { url, headers: { authorization: `Basic ${Buffer.from(credentials).toString("base64")}` } };
}
