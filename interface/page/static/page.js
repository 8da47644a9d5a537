/* The page: once Gradio has drawn it, the head and the examples, and the views come to life. */

import { adopt, button, make } from "./dom.js";
import { get } from "./server.js";
import * as views from "./views.js";
import { takeOver } from "./waiting.js";

// What Gradio's boxes and buttons call; see interface/page/blocks.py.
window.onrecord = {
  ask: views.ask,
  mention: views.mention,
  hear: views.hear,
  check: views.check,
};

const start = async () => {
  const { typed, isAsked } = takeOver();
  const box = document.querySelector("#question textarea");
  if (typed && !isAsked) {
    box.value = typed;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
  }
  await Promise.all([views.startViews(), drawHead()]);
  if (isAsked) views.ask(typed);
};

/* Head and examples are those of the generation that answers now. */
const drawHead = async () => {
  const { about, examples } = await get("page/start");
  document.querySelector("#about-collection").replaceChildren(adopt(about));
  const offered = examples.map((question) => button("", question, () => views.ask(question)));
  if (offered.length) {
    document.getElementById("examples").replaceChildren(make("p", "", "For example:"), ...offered);
  }
};

/* Gradio draws its parts some time after this script runs. */
const isDrawn = () =>
  document.querySelector("#reader") &&
  document.querySelector("#thread") &&
  document.querySelector("#question textarea") &&
  document.querySelector("#subject textarea") &&
  document.querySelector("#draft textarea") &&
  document.querySelector("#listed");

if (isDrawn()) start();
else {
  const drawing = new MutationObserver(() => {
    if (!isDrawn()) return;
    drawing.disconnect();
    start();
  });
  drawing.observe(document.documentElement, { childList: true, subtree: true });
}
