/* What stands behind the # of the address: a view with what it shows, as `#ask?question=…`. */

export const VIEWS = ["ask", "voices", "articles", "check"];

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
