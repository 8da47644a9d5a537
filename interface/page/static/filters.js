/* The filters of a view: dates, publisher and speaker, and a chip for each that shows what it cuts. */

import { adopt, make } from "./dom.js";
import { Refused, get, post } from "./server.js";

const FIELDS = [
  ["from", "From", "2018 or 2018-04"],
  ["to", "To", "2018-04-10"],
  ["publisher", "Publisher", "All"],
  ["speaker", "Speaker", "Anybody"],
];
const SUGGESTED = { publisher: "publishers", speaker: "speakers" };

let suggestions = null; // asked for once, when a form is opened first

/* Draw the form into `place`. `changed` is called when a filter was.
 * Gives {chosen() → {from, to, publisher, speaker} as far as given, set(given)}. */
export const makeFilters = (place, changed = () => {}) => {
  const frame = make("details", "filters");
  const summary = make("summary", "", "Filters");
  const form = make("form");
  const chips = make("div", "chips");
  const inputs = new Map();
  for (const [name, label, placeholder] of FIELDS) {
    const input = make("input");
    Object.assign(input, { name, placeholder, maxLength: 200, autocomplete: "off" });
    const labelled = make("label", "", label);
    labelled.append(input);
    form.append(labelled);
    inputs.set(name, input);
  }
  frame.append(summary, form);
  place.replaceChildren(frame, chips);

  const chosen = () => {
    const given = {};
    for (const [name, input] of inputs) if (input.value.trim()) given[name] = input.value.trim();
    return given;
  };

  let asked = 0; // only the chips of the last change are shown
  const show = async () => {
    const now = ++asked;
    const given = chosen();
    const count = Object.keys(given).length;
    summary.textContent = count ? `Filters (${count})` : "Filters";
    if (!count) {
      chips.replaceChildren();
      return;
    }
    try {
      const { html } = await post("page/filters", given);
      if (now === asked) chips.replaceChildren(adopt(html));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (now === asked) chips.replaceChildren(make("p", "notice", error.message));
    }
  };

  const set = (given) => {
    for (const [name, input] of inputs) input.value = given[name] ?? "";
    return show();
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", () => {
    show();
    changed();
  });
  chips.addEventListener("click", (event) => {
    const chip = event.target.closest("button.chip");
    if (!chip) return;
    inputs.get(chip.value).value = "";
    show();
    changed();
    summary.focus();
  });
  frame.addEventListener("toggle", async () => {
    if (!frame.open) return;
    suggestions ??= get("page/choices").catch(() => ({}));
    const known = await suggestions;
    for (const [name, key] of Object.entries(SUGGESTED)) suggest(inputs.get(name), known[key] ?? []);
  });
  return { chosen, set };
};

let lists = 0;
const suggest = (input, values) => {
  if (input.list) return;
  const list = make("datalist");
  list.id = `suggestions-${++lists}`;
  for (const value of values) {
    const option = make("option");
    option.value = value;
    list.append(option);
  }
  input.after(list);
  input.setAttribute("list", list.id);
};
