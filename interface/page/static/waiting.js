/* The box that stands on the page until Gradio has drawn its parts, which takes a second or two:
   what is asked there is asked as soon as the page is open. See interface/page/first_paint.py. */

const form = document.getElementById("waiting");
let isAsked = false;

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  isAsked = form.querySelector("input").value.trim() !== "";
  if (isAsked) {
    form.querySelector("[role=status]").textContent =
      "Your question is asked as soon as the page is open.";
  }
});

/* Take the box away; gives what was typed, and whether it was sent off. */
export const takeOver = () => {
  const typed = form?.querySelector("input").value ?? "";
  form?.remove();
  return { typed, isAsked };
};
