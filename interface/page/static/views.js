/* The views, and which of them the address names. The reader opens beside whichever is shown. */

import { parseView, viewAddress, VIEWS } from "./addresses.js";
import { announce } from "./announce.js";
import * as conversation from "./conversation.js";
import { adopt, notice } from "./dom.js";
import { makeFilters } from "./filters.js";
import * as reader from "./reader.js";
import { Refused, get, post } from "./server.js";

const LONGEST_WAIT_FOR_TYPING = 250; // ms without a key before a search of the table begins

let filters; // of questions
let voiceFilters;
let shown = null; // address of the view that is shown

/* Draw what the views are made of, and show what the address names. */
export const startViews = async () => {
  filters = makeFilters(document.getElementById("question-filters"));
  voiceFilters = makeFilters(document.getElementById("voice-filters"), () => {
    const { given } = parseView(shown);
    if (given.get("subject")) hear(given.get("subject"));
  });
  conversation.startConversation();
  reader.startReader(() =>
    document.body.dataset.view === "ask" ? conversation.address() : (shown ?? viewAddress("ask")),
  );
  startLists();
  showView("ask");
  filters.set(conversation.restore());
  const restored = conversation.askRestored();
  follow();
  window.addEventListener("hashchange", follow);
  await restored;
};

/* What the boxes of the views send. Each gives "": the box is empty afterwards. */
export const ask = (question) => {
  conversation.ask(question, filters.chosen());
  return "";
};
export const mention = (terms) => {
  conversation.mention(terms, filters.chosen());
  return "";
};
/* These keep what stands in their box. */
export const hear = (subject) => {
  go(viewAddress("voices", { subject: subject.trim(), ...voiceFilters.chosen() }));
  return subject;
};
export const check = (text) => {
  const place = document.getElementById("checked");
  if (text.trim()) load(place, post("page/check", { text }));
  else place.replaceChildren();
  return text;
};

const go = (address) => {
  if (location.hash === address) follow();
  else location.hash = address;
};

const follow = () => {
  if (reader.route(location.hash)) return;
  const { view, given } = parseView(location.hash);
  const address = viewAddress(view, groups(given));
  showView(view);
  if (address === shown) return;
  shown = address;
  if (view === "ask") followQuestion(given);
  if (view === "voices") followVoices(given);
  if (view === "articles") followArticles(given);
};

/* Keys with all their values, as viewAddress takes them. */
const groups = (given) =>
  Object.fromEntries([...given.keys()].map((key) => [key, given.getAll(key)]));

const showView = (view) => {
  document.body.dataset.view = view;
  for (const each of VIEWS) {
    document.getElementById(`view-${each}`).hidden = each !== view;
    const link = document.querySelector(`#views a[href="#${each}"]`);
    if (each === view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
};

const followQuestion = (given) => {
  const chosen = conversation.filtersOf(Object.fromEntries(given));
  if (given.get("question") || given.get("terms")) {
    filters.set(chosen);
    conversation.open(given);
  } else if (Object.keys(chosen).length) {
    filters.set(chosen); // such as a speaker, from the list of them
    document.querySelector("#question textarea").focus();
  }
  shown = viewAddress("ask");
};

const followVoices = async (given) => {
  const subject = given.get("subject") ?? "";
  fill("#subject textarea", subject);
  const place = document.getElementById("heard");
  document.getElementById("speaker-search").hidden = subject !== "";
  if (subject) {
    const chosen = conversation.filtersOf(Object.fromEntries(given));
    voiceFilters.set(chosen);
    await load(place, post("page/voices", { subject, ...chosen }));
  } else {
    fill("#speaker-name", given.get("name") ?? "");
    await load(place, get("page/speakers", given), { quietly: !given.has("name") });
  }
};

const followArticles = async (given) => {
  fill("#article-words", given.get("words") ?? "");
  await load(document.getElementById("listed"), get("page/articles", given));
};

/* Lists are searched while one types. */
const startLists = () => {
  searchWhileTyping("article-words", "articles", "words");
  searchWhileTyping("speaker-name", "voices", "name");
  for (const form of document.querySelectorAll(".list-search")) {
    form.addEventListener("submit", (event) => event.preventDefault());
  }
};

const searchWhileTyping = (id, view, key) => {
  let typing = 0;
  document.getElementById(id).addEventListener("input", (event) => {
    clearTimeout(typing);
    typing = setTimeout(() => {
      if (document.body.dataset.view !== view) return; // left meanwhile
      const { given } = parseView(shown);
      given.delete("page");
      given.set(key, event.target.value.trim());
      history.replaceState(null, "", viewAddress(view, groups(given)));
      follow();
    }, LONGEST_WAIT_FOR_TYPING);
  });
};

/* Where Gradio keeps a box: it hears of a change by an event. */
const fill = (selector, words) => {
  const box = document.querySelector(selector);
  if (box.value === words || document.activeElement === box) return;
  box.value = words;
  box.dispatchEvent(new Event("input", { bubbles: true }));
};

/* Where the keyboard was in a list that is about to be replaced: the how manieth of its headings. */
const SORTING = "thead a";
const positionOfFocus = (place) =>
  place.contains(document.activeElement)
    ? [...place.querySelectorAll(SORTING)].indexOf(document.activeElement)
    : null;
const focusAgain = (place, position) => {
  const target = place.querySelectorAll(SORTING)[position] ?? place.querySelector(".verdict");
  if (!target) return;
  if (!target.matches("a")) target.tabIndex = -1;
  target.focus();
};

const loading = new WeakMap(); // place → what is fetched for it last

const load = async (place, fetched, { quietly = false } = {}) => {
  loading.set(place, fetched);
  place.setAttribute("aria-busy", "true");
  const isLast = () => loading.get(place) === fetched;
  try {
    const { html } = await fetched;
    if (!isLast()) return;
    const focused = positionOfFocus(place);
    place.replaceChildren(adopt(html));
    if (focused !== null) focusAgain(place, focused);
    if (!quietly) announce(place.querySelector(".verdict")?.textContent ?? "");
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (!isLast()) return;
    place.replaceChildren(notice(error.message));
    announce(error.message);
  } finally {
    if (isLast()) place.removeAttribute("aria-busy");
  }
};
