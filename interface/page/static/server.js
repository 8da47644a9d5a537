/* Asking the server. Addresses are relative, so that the page works below any path. */

/* What the server says of a request that it did not answer. */
export class Refused extends Error {}

const UNREACHABLE = "The server does not answer. Is it still running?";

const answered = async (address, options) => {
  let response;
  try {
    response = await fetch(address, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refused(UNREACHABLE);
  }
  if (response.ok) return response;
  const told = await response.json().catch(() => ({}));
  throw new Refused(
    typeof told.detail === "string" ? told.detail : "The server could not answer that.",
  );
};

const posted = (body, signal) => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
  signal,
});

/* JSON for JSON. Throws Refused with a sentence, or AbortError where `signal` was aborted. */
export const post = async (address, body, signal) =>
  (await answered(address, posted(body, signal))).json();

/* JSON of an address with a query: an object or URLSearchParams. */
export const get = async (address, query = {}, signal = undefined) => {
  const asked = new URLSearchParams(query);
  return (await answered(asked.size ? `${address}?${asked}` : address, { signal })).json();
};

/* A file, as {name, blob}. */
export const fetchFile = async (address, body) => {
  const response = await answered(address, posted(body));
  const named = /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "");
  return { name: named ? named[1] : "on-the-record", blob: await response.blob() };
};
