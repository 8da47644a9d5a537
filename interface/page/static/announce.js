/* What happened, for a screen reader, and where asked for as a line that everybody sees for a while. */

const SECONDS = 6;
let hiding = 0;

export const announce = (words, { visibly = false } = {}) => {
  const region = document.getElementById("announced");
  if (!region) return;
  region.textContent = words;
  region.classList.toggle("hidden", !visibly);
  clearTimeout(hiding);
  if (visibly) hiding = setTimeout(() => region.classList.add("hidden"), 1000 * SECONDS);
};
