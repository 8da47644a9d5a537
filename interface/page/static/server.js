/* Asking the server. Addresses are relative, so that the page works below any path. */

/* What the server says of a request that it did not answer; status: 0 where it said nothing. */
export class Refused extends Error {
  constructor(message, status = 0) {
    super(message);
    this.status = status;
  }
}

const UNREADABLE = "What answered is not this program. Is somebody else asking for a password?";
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
    response.status,
  );
};

const jsonOf = async (response) => {
  try {
    return await response.json();
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refused(UNREADABLE);
  }
};

const posted = (body, signal) => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
  signal,
});

/* JSON for JSON. Throws Refused with a sentence, or AbortError where `signal` was aborted. */
export const post = async (address, body, signal) =>
  jsonOf(await answered(address, posted(body, signal)));

/* JSON of an address with a query: an object or URLSearchParams. */
export const get = async (address, query = {}, signal = undefined) => {
  const asked = new URLSearchParams(query);
  return jsonOf(await answered(asked.size ? `${address}?${asked}` : address, { signal }));
};

/* A file, as {name, blob}. */
export const fetchFile = async (address, body) => {
  const response = await answered(address, posted(body));
  const named = /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "");
  return { name: named ? named[1] : "on-the-record", blob: await response.blob() };
};
