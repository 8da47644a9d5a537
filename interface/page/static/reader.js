/* The source panel: the article that the address names, with the cited words marked.
 *
 * An address is #source/ARTICLE_ID@SHA256/START-END for words, #article/ARTICLE_ID or
 * #article/ARTICLE_ID@SHA256 for an article. The server cuts the text into segments; nothing here
 * slices text. Badges and pages are drawn by the style sheet: the text that is shown, selected and
 * copied is exactly that of the article.
 */

import { parseArticle, parseSource } from "./addresses.js";
import { button, make } from "./dom.js";
import { Refused, get } from "./server.js";

const OPENS = 'a[href^="#source/"], a[href^="#article/"]';
const MOST_MARKS = 200; // besides the one that was followed; as the server's
const MOST_SPEAKERS_OPEN = 6; // more of them would push the text out of sight

const narrow = window.matchMedia("(max-width: 60rem)"); // as in reader.css

let opener = null; // the link that was followed, to give the focus back to
let answer = []; // addresses of all citations of the answer that it stands in
let stop = new AbortController(); // only the answer to the last request is shown
let addressBeside = () => ""; // of the view that stays when the panel closes

const panel = () => document.getElementById("reader");
const isOpen = () => document.body.classList.contains("reading");

/* Show what the address names and say true; for any other address close the panel and say false. */
export const route = (hash) => {
  stop.abort();
  stop = new AbortController();
  if (!hash.startsWith("#source/") && !hash.startsWith("#article/")) {
    showEmpty();
    return false;
  }
  const wanted = parse(hash);
  if (wanted) load(...wanted, stop.signal);
  else showProblem("The address is incomplete or misspelt.");
  return true;
};

/* Once, when the page is drawn. `beside` gives the address of the view beside the panel. */
export const startReader = (beside) => {
  addressBeside = beside;
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest(OPENS) : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!panel().contains(link)) {
      opener = link;
      answer = citationsBeside(link);
    }
    if (link.getAttribute("href") === location.hash) route(location.hash); // no hashchange comes
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) close();
  });
  narrow.addEventListener("change", () => setOpen(isOpen()));
};

/* Of the answer that a link stands in; what stands around a citation is none. */
const citationsBeside = (link) =>
  [...(link.closest(".answer")?.querySelectorAll("a.cite") ?? [])]
    .filter((each) => !each.closest(".neighbour"))
    .map((each) => each.getAttribute("href"));

/* [route of the server, query], or null for an address that is none. */
const parse = (hash) => {
  const whole = parseArticle(hash);
  if (whole) return ["article", new URLSearchParams(whole)];
  const place = parseSource(hash);
  if (!place) return null;
  const query = new URLSearchParams(place);
  for (const other of otherPlaces(hash)) query.append("also", other);
  return ["source", query];
};

/* START-END of the other citations of the same article version, where the answer has this one. */
const otherPlaces = (hash) => {
  if (!answer.includes(hash)) return [];
  const version = /^.*\//.exec(hash)[0];
  const others = answer.filter((each) => each !== hash && each.startsWith(version));
  return [...new Set(others.map((each) => each.replace(version, "")))].slice(0, MOST_MARKS);
};

const load = async (address, query, signal) => {
  panel().setAttribute("aria-busy", "true");
  try {
    const view = await get(address, query, signal);
    if (!signal.aborted) show(view);
  } catch (error) {
    if (signal.aborted) return;
    if (!(error instanceof Refused)) throw error;
    showProblem(error.message);
  }
};

const draw = (...parts) => {
  panel().removeAttribute("aria-busy");
  panel().replaceChildren(...parts);
};

/* While the panel covers the page on a phone, nothing behind it can be reached. */
const setOpen = (open) => {
  document.body.classList.toggle("reading", open);
  for (const id of ["masthead", "desk"]) {
    const behind = document.getElementById(id);
    if (behind) behind.inert = open && narrow.matches;
  }
};

const close = () => {
  if (!isOpen()) return;
  history.replaceState(null, "", addressBeside());
  route("");
  if (opener?.isConnected) opener.focus();
  else document.querySelector("#views a[aria-current]")?.focus();
};

const showEmpty = () => {
  draw(make("p", "reader-empty", "Follow the link under a passage to read it in its article, here."));
  setOpen(false);
};

const showProblem = (words) => {
  const title = heading("This source cannot be shown");
  const article = frame(title, "Source");
  article.append(title, make("p", "reader-note", words));
  draw(article);
  setOpen(true);
  title.focus({ preventScroll: true });
};

const show = (view) => {
  const title = heading(view.title);
  const original = originalOf(view);
  const place = make("span", "reader-place");
  const source = make("p", "reader-source", view.source);
  source.append(place);
  const { text, marks } = textOf(view);
  const steps = stepsOf(view, (number) => {
    history.replaceState(null, "", view.marks[number - 1].address);
    point(number);
    reveal(marks[number - 1][0]);
  });
  const article = frame(title, view.brief ? "Brief by this project" : view.source, ...steps.elements);
  article.append(title, source);
  if (original.element) article.append(original.element);
  if (view.note) article.append(make("p", "reader-note", view.note));
  if (view.versions.length > 1) article.append(versionsOf(view));
  if (view.speakers.length) article.append(speakersOf(view));
  article.append(text);

  /* Make this mark the current one, everywhere. */
  const point = (number) => {
    const { page, original: address } = view.marks[number - 1];
    place.textContent = page ? `, ${page}` : "";
    if (original.link) original.link.href = address;
    steps.point(number);
    for (const [at, pieces] of marks.entries()) {
      for (const piece of pieces) piece.classList.remove("current");
      if (page && at === number - 1) pieces[0].dataset.page = page;
      else delete pieces[0].dataset.page;
    }
    for (const piece of marks[number - 1]) piece.classList.add("current");
  };

  draw(article);
  setOpen(true);
  document.getElementById("reader-column").scrollTop = 0;
  if (view.cited) {
    point(view.cited);
    reveal(marks[view.cited - 1][0]);
  } else {
    title.focus({ preventScroll: true });
  }
};

const reveal = (mark) => {
  mark.focus({ preventScroll: true });
  mark.scrollIntoView({ block: "center", behavior: "instant" });
};

const heading = (words) => {
  const title = make("h2", "", words);
  title.tabIndex = -1;
  return title;
};

/* The bar stays in sight: it says whose words are being read. */
const frame = (title, label, ...tools) => {
  const article = make("article");
  article.setAttribute("aria-label", `Source: ${title.textContent}`);
  const bar = make("div", "reader-bar");
  bar.append(make("p", "", label), button("reader-close", "Close", close), ...tools);
  article.append(bar);
  return article;
};

/* “Previous”, “Next” and where one is, if there is more than one mark. */
const stepsOf = (view, go) => {
  const total = view.marks.length;
  if (total < 2) return { elements: [], point: () => {} };
  const element = make("div", "reader-steps");
  let current = 0;
  const count = make("span", "reader-count");
  const previous = button("", "Previous", () => go(current - 1));
  const next = button("", "Next", () => go(current + 1));
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", "Citations of the answer");
  element.append(previous, count, next);
  const point = (number) => {
    current = number;
    count.textContent = `${number} of ${total}`;
    previous.disabled = number === 1;
    next.disabled = number === total;
  };
  return { elements: [element], point };
};

/* What a brief is about, or the link to the original. The server gives only addresses on the web. */
const originalOf = ({ brief, about, original }) => {
  if (!original) return {};
  const element = make("p", "reader-original", brief ? `${brief} ` : "");
  let link = null;
  if (original.address) {
    link = make("a", "", original.words);
    link.href = original.address;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  }
  element.append(link ?? original.words, about);
  return { element, link };
};

const versionsOf = (view) => {
  const versions = make("details", "reader-versions");
  const list = make("ol");
  for (const { words, address, is_shown: isShown } of view.versions) {
    const item = make("li", "", address && !isShown ? undefined : words);
    if (isShown) {
      item.append(" (shown here)");
      item.setAttribute("aria-current", "true");
    } else if (address) {
      const link = make("a", "", words);
      link.href = address;
      item.append(link);
    }
    list.append(item);
  }
  versions.append(make("summary", "", `${view.versions.length} versions`), list);
  return versions;
};

const speakersOf = (view) => {
  const speakers = make("details", "reader-speakers");
  speakers.open = view.speakers.length <= MOST_SPEAKERS_OPEN;
  const list = make("ul");
  for (const speaker of view.speakers) {
    const item = make("li");
    const counts = make("span", "counts", speaker.counts);
    item.append(badge(speaker), make("span", "name", speaker.name), " ", counts);
    list.append(item);
  }
  speakers.append(make("summary", "", `Speakers: ${view.speakers.length}`), list);
  return speakers;
};

/* Without text of its own, so that it is no part of the words. */
const badge = (speaker, said) => {
  const element = make("span", "speaker-badge");
  element.dataset.badge = speaker.badge;
  element.dataset.colour = speaker.colour;
  element.setAttribute("role", "img");
  element.setAttribute("aria-label", said ?? speaker.badge);
  return element;
};

/* The text, and for each mark the elements that it consists of: more than one where marks overlap. */
const textOf = (view) => {
  const text = make("div", "reader-text");
  const marks = view.marks.map(() => []);
  let mark = null;
  let inMarks = "";
  for (const segment of view.segments) {
    if (segment.marks.join() !== inMarks) {
      inMarks = segment.marks.join();
      mark = inMarks ? make("mark") : null;
      if (mark) {
        mark.tabIndex = -1;
        text.append(mark);
      }
      for (const number of segment.marks) marks[number - 1].push(mark);
    }
    (mark ?? text).append(...piecesOf(segment, view.speakers));
  }
  return { text, marks };
};

const piecesOf = (segment, speakers) => {
  const piece = make(
    "span",
    segment.furniture ? "segment-furniture" : "segment-prose",
    segment.text,
  );
  const pieces = [piece];
  if (segment.speaker !== null) {
    const speaker = speakers[segment.speaker];
    const said = segment.told ? speaker.reported : speaker.quoted;
    piece.classList.add("speech");
    piece.classList.toggle("told", segment.told);
    piece.dataset.colour = speaker.colour;
    piece.title = said;
    if (segment.opens) pieces.unshift(badge(speaker, said));
  }
  if (segment.page) {
    const page = make("span", "page-begins");
    page.dataset.page = segment.page;
    pieces.unshift(page);
  }
  return pieces;
};
