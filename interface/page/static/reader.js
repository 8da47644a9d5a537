/* The source panel: shows the article that the address names, with the cited words marked.
 *
 * An address is #source/ARTICLE_ID@SHA256/START-END. The server cuts the text into segments;
 * nothing here slices text, and every datum goes into the page as textContent.
 */
(() => {
  "use strict";

  const ADDRESS = /^#source\/([^/@]+)@([0-9a-f]{64})\/(\d+)-(\d+)$/;
  let opener = null; // the link that was followed, to give the focus back to
  let wanted = 0; // only the answer to the last request is shown

  const make = (name, className, text) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };

  const parseAddress = (hash) => {
    const found = ADDRESS.exec(hash);
    if (!found) return null;
    try {
      return { article: decodeURIComponent(found[1]), sha256: found[2], start: found[3], end: found[4] };
    } catch {
      return null; // a broken percent sign
    }
  };

  const panel = () => document.getElementById("reader");

  const setOpen = (open) => {
    document.body.classList.toggle("reading", open);
    const covering = window.matchMedia("(max-width: 60rem)").matches;
    const desk = document.getElementById("desk");
    // While the panel covers the chat on a phone, nothing behind it can be reached.
    if (desk) desk.inert = open && covering;
  };

  const showEmpty = () => {
    const reader = panel();
    reader.replaceChildren(
      make("p", "reader-empty", "Follow the link under a passage to read it in its article, here."),
    );
    setOpen(false);
  };

  /* The bar stays in sight: it says whose words are being read. */
  const frame = (title, label) => {
    const article = make("article");
    article.setAttribute("aria-label", "Source: " + title);
    const close = make("button", "reader-close", "Close");
    close.type = "button";
    close.addEventListener("click", closeReader);
    const bar = make("div", "reader-bar");
    bar.append(make("p", "", label), close);
    article.append(bar, make("h2", "", title));
    return article;
  };

  const showProblem = (words) => {
    const article = frame("This source cannot be shown", "Source");
    article.append(make("p", "reader-note", words));
    panel().replaceChildren(article);
    setOpen(true);
  };

  const show = (view) => {
    const article = frame(view.title, view.brief ? "Brief by this project" : view.source);
    const place = view.page ? ", " + view.page : "";
    article.append(make("p", "reader-source", view.source + place));
    if (view.note) article.append(make("p", "reader-note", view.note));
    if (view.brief || view.links.length) {
      const about = make("p", "reader-original", view.brief ? view.brief + " " : "");
      for (const [words, address] of view.links) {
        const link = make("a", "", words);
        link.href = address;
        link.target = "_blank";
        link.rel = "noopener noreferrer";
        about.append(link);
      }
      about.append(view.about);
      article.append(about);
    }
    const text = make("div", "reader-text");
    let cited = null;
    for (const segment of view.segments) {
      if (segment.kind === "cited") {
        cited = make("mark", "", segment.text);
        cited.tabIndex = -1;
        if (view.page) cited.dataset.page = view.page;
        text.append(cited);
      } else {
        text.append(make("span", "segment-" + segment.kind, segment.text));
      }
    }
    article.append(text);
    panel().replaceChildren(article);
    setOpen(true);
    cited.focus({ preventScroll: true });
    cited.scrollIntoView({ block: "center" });
  };

  const openAddress = async () => {
    const request = ++wanted;
    if (!panel()) return;
    if (!location.hash.startsWith("#source/")) {
      showEmpty();
      return;
    }
    const source = parseAddress(location.hash);
    if (!source) {
      showProblem("The address is incomplete or misspelt.");
      return;
    }
    try {
      const response = await fetch("source?" + new URLSearchParams(source));
      const answer = await response.json();
      if (request !== wanted) return;
      if (response.ok) show(answer);
      else showProblem(typeof answer.detail === "string" ? answer.detail : "The address fits no article.");
    } catch {
      if (request === wanted) showProblem("The server does not answer. Is it still running?");
    }
  };

  const closeReader = () => {
    if (!document.body.classList.contains("reading")) return;
    history.replaceState(null, "", location.pathname + location.search);
    openAddress();
    if (opener && opener.isConnected) opener.focus();
    else document.querySelector("#question textarea")?.focus();
  };

  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a.cite") : null;
    if (!link) return;
    opener = link;
    if (link.getAttribute("href") === location.hash) openAddress(); // the same link once more
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeReader();
  });
  window.addEventListener("hashchange", openAddress);

  /* An answer to a follow-up question holds the button; the page has the one that Gradio hears. */
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest(".answer .undo")) {
      document.getElementById("undo")?.click();
    }
  });

  /* A new answer is read from its beginning: bring the question above it to the top. */
  let turns = 0;
  const showNewTurn = () => {
    // Gradio names each message after its whole HTML; what is inside it reads better.
    for (const message of document.querySelectorAll("#conversation [aria-label*='<']")) {
      message.removeAttribute("aria-label");
    }
    const asked = document.querySelectorAll("#conversation .asked");
    if (asked.length === turns) return;
    turns = asked.length;
    document.body.classList.toggle("asked-something", turns > 0);
    asked[turns - 1]?.scrollIntoView({ block: "start" });
  };

  /* Gradio draws the page itself, some time after this script runs. */
  let drawn = false;
  new MutationObserver(() => {
    if (!drawn && panel()) {
      drawn = true;
      openAddress();
    }
    showNewTurn();
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
