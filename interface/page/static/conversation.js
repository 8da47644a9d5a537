/* The conversation: what was asked, and under each question what the server found.
 *
 * The browser keeps what was asked and never an answer: after a reload, and for an export, every
 * answer is cut from the articles again, so nothing that is shown or taken away was stored here.
 */

import { parseSource, viewAddress } from "./addresses.js";
import { announce } from "./announce.js";
import { adopt, button, calmly, make, notice } from "./dom.js";
import { Refused, get, post } from "./server.js";
import { copyCitation, download, exportMenu } from "./taking.js";

const MOST_TURNS = 50; // also the most that the server exports at once
const MOST_EARLIER = 10; // earlier questions that a follow-up may lean on, as the server's
const ORDERS = { relevance: "Best first", newest: "Newest first", oldest: "Oldest first" };

// Below which path the page stands is part of the name: others may share the host.
const KEPT = `on-the-record:1:${location.pathname}`;

/* A turn is {kind: "answer" | "mentions", body, element}; the body is what the server is sent.
 * One that the server refuses is never sent again with others: not kept, exported or leaned on. */
let turns = [];
let current = null; // the turn that was asked or opened last
let cleared = null; // what “Undo” brings back

const thread = () => document.getElementById("thread");
const isSame = (one, other) =>
  one.kind === other.kind && JSON.stringify(one.body) === JSON.stringify(other.body);

/* Ask a question in this conversation: one that leans on earlier ones has them with it. */
export const ask = (question, filters) => {
  if (!question.trim()) return;
  const after = earlier();
  append("answer", { question: question.trim(), ...filters, ...(after.length ? { after } : {}) });
};

/* List every mention of some words. */
export const mention = (terms, filters) => {
  if (!terms.trim()) return;
  append("mentions", { terms: terms.trim(), ...filters });
};

/* Show what an address names: the turn that asks the same, or a new one. */
export const open = (address) => {
  const turn = fromAddress(address);
  const there = turns.findLast((each) => isSame(each, turn));
  if (there) {
    current = there;
    scrollTo(there);
  } else append(turn.kind, turn.body);
};

/* The address of the question that was asked or opened last. */
export const address = () => (current ? addressOf(current) : viewAddress("ask"));

/* What was asked before the page was closed, each with its filters; `show` it afterwards. */
export const restore = () => {
  turns = kept().map(({ kind, body }) => ({ kind, body }));
  current = turns.at(-1) ?? null;
  for (const turn of turns) draw(turn);
  told();
  turns.at(-1)?.element.scrollIntoView({ block: "start", behavior: "instant" });
  return filtersOf(turns.at(-1)?.body ?? {});
};

/* Ask again, one after the other, the last one first. */
export const askRestored = async () => {
  for (const turn of [...turns].reverse()) await show(turn, { quietly: true });
};

export const startConversation = () => {
  thread().addEventListener("click", (event) => {
    const pressed = event.target.closest("button");
    const turn = turns.find((each) => each.element.contains(event.target));
    if (!pressed || !turn) return;
    if (pressed.classList.contains("copy")) copyCitation(pressed);
    if (pressed.classList.contains("around")) showAround(pressed);
    if (pressed.classList.contains("undo")) {
      const { after: _, ...body } = turn.body;
      refresh(turn, { ...body, as_asked: true });
    }
  });
};

const FILTERS = ["from", "to", "publisher", "speaker"];

/* Of a body or an address: its filters, as far as there are some. */
export const filtersOf = (given) =>
  Object.fromEntries(FILTERS.filter((key) => given[key]).map((key) => [key, given[key]]));

/* The questions before the next one, oldest first. One that was asked alone has none before it. */
const earlier = () => {
  const asked = [];
  for (const turn of [...turns].reverse()) {
    if (turn.kind !== "answer" || turn.isRefused) continue;
    asked.unshift(turn.body.question);
    if (turn.body.as_asked || asked.length === MOST_EARLIER) break;
  }
  return asked;
};

const addressOf = (turn) => viewAddress("ask", turn.body);

/* Keys that no question of this page has are left out. */
const fromAddress = (address) => {
  const { question, terms, order, page, as_asked: asAsked, ...rest } = Object.fromEntries(address);
  const body = question ? { question } : { terms };
  Object.assign(body, filtersOf(rest));
  if (Object.hasOwn(ORDERS, order)) body.order = order;
  if (question) {
    const after = address.getAll("after").filter(Boolean).slice(-MOST_EARLIER);
    if (after.length) body.after = after;
    if (asAsked) body.as_asked = true;
  } else if (/^[1-9]\d{0,5}$/.test(page)) body.page = Number(page);
  return { kind: question ? "answer" : "mentions", body };
};

const append = (kind, body) => {
  const turn = { kind, body };
  turns.push(turn);
  while (turns.length > MOST_TURNS) turns.shift().element.remove();
  cleared = null;
  current = turn;
  draw(turn);
  keep();
  told();
  history.replaceState(null, "", addressOf(turn));
  scrollTo(turn);
  show(turn);
};

const refresh = (turn, body) => {
  turn.before ??= turn.body;
  turn.body = body;
  current = turn;
  keep();
  history.replaceState(null, "", addressOf(turn));
  scrollTo(turn);
  show(turn);
};

const draw = (turn) => {
  turn.element = make("section", "turn");
  const words = turn.body.question ?? `Every mention: ${turn.body.terms}`;
  turn.element.append(
    make("h2", "asked", String(words)),
    make("div", "found"),
    make("div", "turn-tools"),
  );
  thread().append(turn.element);
};

/* Fetch what the turn asks for and show it. A later fetch for the same turn ends an earlier one. */
const show = async (turn, { quietly = false } = {}) => {
  turn.stop?.abort();
  const stop = new AbortController();
  turn.stop = stop;
  const [, found, tools] = turn.element.children;
  turn.element.setAttribute("aria-busy", "true");
  const waiting = make("p", "waiting", "Searching… ");
  waiting.append(button("", "Stop", () => stop.abort()));
  const held = nameOf(turn, document.activeElement);
  tools.replaceChildren(waiting);
  if (held) waiting.lastChild.focus({ preventScroll: true });
  /* What follows replaces what had the focus: it goes to the same control again. */
  const replace = (...parts) => {
    const isInside = nameOf(turn, document.activeElement) !== null;
    tools.replaceChildren(...parts);
    if (isInside) focusOn(turn, held);
  };
  try {
    const answer = await post(`page/${turn.kind}`, turn.body, stop.signal);
    if (turn.stop !== stop) return;
    turn.answer = answer;
    turn.isRefused = false;
    delete turn.before;
    found.replaceChildren(adopt(answer.html));
    replace(...toolsOf(turn, answer));
    keep();
    told();
    if (!quietly) announce(found.querySelector(".verdict")?.textContent ?? "");
  } catch (error) {
    if (turn.stop !== stop) return;
    if (error.name !== "AbortError" && !(error instanceof Refused)) throw error;
    const isStopped = error.name === "AbortError";
    const words = isStopped ? "Stopped." : error.message;
    turn.isRefused = error.status === 422;
    if (isStopped && turn.answer) {
      // What was found before is still true, of what was asked before.
      turn.body = turn.before ?? turn.body;
      history.replaceState(null, "", addressOf(turn));
      replace(make("span", "", words), ...toolsOf(turn, turn.answer));
    } else {
      found.replaceChildren(notice(words));
      replace(againButton(turn));
    }
    delete turn.before;
    keep();
    told();
    announce(words);
  } finally {
    if (turn.stop === stop) turn.element.removeAttribute("aria-busy");
  }
};

/* By what a control of a turn is found again once it was drawn anew; null for what is not in it. */
const nameOf = (turn, element) =>
  turn.element.contains(element)
    ? `${element.localName} ${element.className} ${element.localName === "select" ? "" : element.textContent}`
    : null;

const focusOn = (turn, name) => {
  const controls = [...turn.element.querySelectorAll("button, select, summary, a")];
  const verdict = turn.element.querySelector(".verdict");
  if (verdict) verdict.tabIndex = -1;
  (controls.find((each) => nameOf(turn, each) === name) ?? verdict)?.focus({ preventScroll: true });
};

const againButton = (turn) =>
  button("again", turn.kind === "answer" ? "Ask again" : "List again", () => {
    scrollTo(turn);
    show(turn);
  });

const toolsOf = (turn, answer) => {
  const link = make("a", "permalink", turn.kind === "answer" ? "Link to this question" : "Link");
  link.href = addressOf(turn);
  if (turn.kind === "answer") {
    const every = button("mentions", "Every mention", () =>
      mention(turn.body.question, filtersOf(turn.body)),
    );
    const order = answer.citations > 1 ? [orderChoice(turn)] : [];
    return [...order, againButton(turn), every, exportMenu("Export", () => [turn.body]), link];
  }
  const tools = [];
  const page = turn.body.page ?? 1;
  const turnTo = (wanted) => refresh(turn, { ...turn.body, page: wanted });
  if (page > 1) tools.push(button("", "Previous page", () => turnTo(page - 1)));
  if (page < answer.pages) tools.push(button("", "Next page", () => turnTo(page + 1)));
  if (answer.articles > 1) {
    const other = turn.body.order === "oldest" ? "newest" : "oldest";
    tools.push(
      button("", ORDERS[other], () => {
        const { page: _, ...body } = turn.body;
        refresh(turn, { ...body, order: other });
      }),
    );
  }
  if (answer.articles) {
    tools.push(button("", "All as CSV", () => download("page/mentions.csv", turn.body)));
  }
  return [...tools, againButton(turn), link];
};

const orderChoice = (turn) => {
  const choice = make("select");
  for (const [value, words] of Object.entries(ORDERS)) {
    const option = make("option", "", words);
    option.value = value;
    choice.append(option);
  }
  choice.value = turn.body.order ?? "relevance";
  choice.addEventListener("change", () => refresh(turn, { ...turn.body, order: choice.value }));
  const label = make("label", "order", "Order ");
  label.append(choice);
  return label;
};

/* The passages before and after the one that the pressed button stands under; once more, none. */
const showAround = async (pressed) => {
  const citation = pressed.closest(".citation");
  const open = pressed.getAttribute("aria-expanded") === "true";
  for (const each of citation.querySelectorAll(".neighbour")) each.remove();
  pressed.setAttribute("aria-expanded", String(!open));
  if (open) return;
  const passage = citation.querySelector(".passage");
  try {
    const link = citation.querySelector(":scope > .source a.cite");
    const place = parseSource(link.getAttribute("href"));
    const { before, after } = await get("neighbours", place);
    if (pressed.getAttribute("aria-expanded") !== "true") return;
    for (const each of citation.querySelectorAll(".neighbour")) each.remove(); // pressed twice
    passage.before(neighbour(before, "Before it", "The article begins here."));
    passage.after(neighbour(after, "After it", "The article ends here."));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    passage.after(neighbour(null, "", error.message));
  }
};

const neighbour = (html, label, otherwise) => {
  const place = make("div", "neighbour");
  if (html === null) {
    place.append(make("p", "note", otherwise));
  } else {
    place.append(make("p", "note", label), adopt(html));
  }
  return place;
};

const scrollTo = (turn) =>
  turn.element.scrollIntoView({ block: "start", behavior: calmly() });

/* What is said of the conversation as a whole: its export, and clearing it. */
const told = () => {
  document.body.classList.toggle("asked-something", turns.length > 0);
  const tools = document.getElementById("conversation-tools");
  const isAnswered = ({ kind, isRefused }) => kind === "answer" && !isRefused;
  const answers = () => turns.filter(isAnswered).map((turn) => turn.body);
  // Drawn anew only where it says something else: a menu that is open stays so at every answer.
  const state = `${turns.length > 0} ${answers().length > 0} ${cleared !== null}`;
  if (tools.dataset.state === state) return;
  tools.dataset.state = state;
  if (turns.length) {
    const parts = [button("clear", "Clear", clear)];
    if (answers().length) parts.unshift(exportMenu("Export all", answers));
    tools.replaceChildren(...parts);
  } else if (cleared) {
    tools.replaceChildren(make("span", "", "Cleared. "), button("undo-clear", "Undo", unclear));
  } else {
    tools.replaceChildren();
  }
};

const clear = () => {
  for (const turn of turns) turn.stop?.abort();
  cleared = turns;
  turns = [];
  current = null;
  thread().replaceChildren();
  keep();
  told();
  if (!document.body.classList.contains("reading")) {
    history.replaceState(null, "", viewAddress("ask"));
  }
  announce("Cleared.");
  document.querySelector(".undo-clear")?.focus();
};

const unclear = () => {
  turns = cleared;
  cleared = null;
  current = turns.at(-1);
  thread().replaceChildren(...turns.map((turn) => turn.element));
  keep();
  told();
  document.querySelector("#question textarea")?.focus();
};

/* For this tab, and for one that is opened later: two tabs hold two conversations. */
const keep = () => {
  const sound = turns.filter((turn) => !turn.isRefused);
  const stored = JSON.stringify(sound.map(({ kind, body }) => ({ kind, body })));
  for (const store of ["sessionStorage", "localStorage"]) {
    try {
      window[store].setItem(KEPT, stored);
    } catch {
      // No room, or not allowed: the conversation then lasts as long as the page.
    }
  }
};

/* What was kept, as far as it can be a conversation: anybody may have written it. */
const kept = () => {
  try {
    const stored = sessionStorage.getItem(KEPT) ?? localStorage.getItem(KEPT) ?? "[]";
    return JSON.parse(stored)
      .filter((turn) => ["answer", "mentions"].includes(turn?.kind) && isAskable(turn.body))
      .slice(-MOST_TURNS);
  } catch {
    return [];
  }
};

const isAskable = (body) => typeof (body?.question ?? body?.terms) === "string";
