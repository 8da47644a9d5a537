/* What stands behind the # of the address: a view with what it shows, as `#ask?question=…`. */

export const VIEWS = ["ask", "voices", "articles", "check"];

/* `#source/ARTICLE_ID@SHA256/START-END` as the server is asked for it: {article, sha256, start, end};
 * null for an address that is none. */
export const parseSource = (hash) => {
  const found = /^#source\/([^/@]+)@([0-9a-f]{64})\/(\d+)-(\d+)$/.exec(hash);
  const article = found && decoded(found[1]);
  return article === null ? null : { article, sha256: found[2], start: found[3], end: found[4] };
};

/* `#article/ARTICLE_ID`, or with `@SHA256` behind it: {article, sha256}, as far as it is given. */
export const parseArticle = (hash) => {
  const found = /^#article\/([^/@]+)(?:@([0-9a-f]{64}))?$/.exec(hash);
  const article = found && decoded(found[1]);
  if (article === null) return null;
  return found[2] ? { article, sha256: found[2] } : { article };
};

const decoded = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return null; // a broken percent sign
  }
};

/* {view, given}: given is a URLSearchParams. Whatever is no view of ours is the first one, empty. */
export const parseView = (hash) => {
  const [name, query] = split(hash.slice(1));
  return VIEWS.includes(name)
    ? { view: name, given: new URLSearchParams(query) }
    : { view: VIEWS[0], given: new URLSearchParams() };
};

const split = (text) => {
  const at = text.indexOf("?");
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
};

/* `#view?…` of what is given; what is empty is left out, and a list gives a key for each value. */
export const viewAddress = (view, given = {}) => {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(given)) {
    for (const each of [value].flat()) {
      if (each !== "" && each !== null && each !== undefined && each !== false) {
        query.append(key, each === true ? "1" : each);
      }
    }
  }
  return `#${view}${query.size ? `?${query}` : ""}`;
};
