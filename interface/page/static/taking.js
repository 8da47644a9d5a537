/* Taking it away: exports of answers, and a citation into the clipboard. */

import { announce } from "./announce.js";
import { button, make } from "./dom.js";
import { Refused, fetchFile } from "./server.js";

const FORMATS = [
  ["markdown", "Markdown"],
  ["json", "JSON"],
  ["csv", "CSV"],
];

const pageAddress = () => location.origin + location.pathname;

/* A menu that exports what `asked()` gives: the questions, each as the server takes it. */
export const exportMenu = (label, asked) => {
  const menu = make("details", "export");
  const choices = make("div", "choices");
  for (const [format, words] of FORMATS) {
    choices.append(
      button("", words, () => {
        menu.open = false;
        download("page/export", { format, asked: asked(), page: pageAddress() });
      }),
    );
  }
  choices.append(
    button("", "Print", () => {
      menu.open = false;
      openPrintable({ format: "print", asked: asked(), page: pageAddress() });
    }),
  );
  menu.append(make("summary", "", label), choices);
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    event.preventDefault(); // it closes this, and not the source beside it
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !menu.contains(relatedTarget)) menu.open = false;
  });
  return menu;
};

/* Fetch a file and hand it to the browser. */
export const download = async (address, body) => {
  try {
    const { name, blob } = await fetchFile(address, body);
    const link = make("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    announce(`Saved as ${name}.`);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    announce(error.message, { visibly: true });
  }
};

/* A page of its own, which a form opens: no script may touch it, and no blocker of pop-ups does. */
const openPrintable = (body) => {
  const form = make("form");
  Object.assign(form, { method: "post", action: "page/print", target: "_blank", hidden: true });
  const field = make("input");
  Object.assign(field, { type: "hidden", name: "request", value: JSON.stringify(body) });
  form.append(field);
  document.body.append(form);
  form.submit();
  form.remove();
};

/* Copy the citation that a pressed button stands in: its words and source, and its address. */
export const copyCitation = async (pressed) => {
  const citation = pressed.closest(".citation");
  const words = citation.querySelector(".to-copy").textContent;
  const address = pageAddress() + citation.querySelector(":scope > .source a.cite").getAttribute("href");
  const copied = await toClipboard(`${words}\n${address}\n`);
  announce(
    copied
      ? "Citation copied."
      : "This browser does not let the page copy. Select the words instead.",
    { visibly: true },
  );
};

const toClipboard = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyTheOldWay(text); // not offered on plain http but for this machine
  }
};

const copyTheOldWay = (text) => {
  const box = make("textarea", "hidden");
  box.value = text;
  document.body.append(box);
  const before = document.activeElement;
  box.select();
  const copied = document.execCommand("copy");
  box.remove();
  before?.focus();
  return copied;
};
