/* Making parts of the page. Words become textContent; HTML that our server made is let in through a
 * list of what answers are made of, so that even an escaping forgotten there runs and loads nothing.
 */

const TAGS = new Set(
  ("a blockquote button caption circle col colgroup dd del desc details div dl dt figcaption figure g h2 h3 " +
    "input ins label li line mark ol option p rect section select span strong summary svg table tbody td text " +
    "th thead title tr ul").split(" "),
);
const ATTRIBUTES = new Set(
  ("class colspan cx cy disabled height hidden open r rel role rowspan rx scope " +
    "selected tabindex target text-anchor title type value width x x1 x2 y y1 y2").split(" "),
);
const ADDRESS = /^(#|https?:\/\/)/i;

/* An element with a class and a text, each if given. */
export const make = (name, className, text) => {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
};

/* A button that does something. */
export const button = (className, words, pressed) => {
  const element = make("button", className, words);
  element.type = "button";
  element.addEventListener("click", pressed);
  return element;
};

/* What is said in the place of an answer. */
export const notice = (words) => {
  const place = make("div", "answer notice");
  place.append(make("p", "verdict", words));
  return place;
};

/* HTML of our server as a fragment, without anything that is not on the lists. */
export const adopt = (html) => {
  // Parsed apart from the page: nothing in such a document runs or loads.
  const parsed = new DOMParser().parseFromString(html, "text/html").body;
  for (const element of [...parsed.querySelectorAll("*")]) {
    if (!TAGS.has(element.localName)) element.remove();
    else purify(element);
  }
  const fragment = document.createDocumentFragment();
  fragment.append(...parsed.childNodes);
  return fragment;
};

const purify = (element) => {
  for (const { name, value } of [...element.attributes]) {
    const allowed =
      name === "href" ? ADDRESS.test(value) : ATTRIBUTES.has(name) || name.startsWith("aria-");
    if (!allowed) element.removeAttribute(name);
  }
};

/* Whatever moves keeps still for who asked for that. */
export const calmly = () =>
  window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "auto";
