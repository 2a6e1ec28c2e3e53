"use strict";
// sorting: a click on a heading sorts by it, a second one the other way round; empty cells stay last
document.querySelectorAll("table.sortable").forEach((table) => {
  const body = table.tBodies[0];
  table.querySelectorAll("thead button").forEach((button) => {
    button.addEventListener("click", () => {
      const head = button.closest("th");
      const place = Array.from(head.parentNode.children).indexOf(head);
      const down = head.getAttribute("aria-sort") === "ascending";
      const key = (row) => row.children[place].dataset.sort ?? row.children[place].textContent.trim();
      const rows = Array.from(body.rows).map((row) => [key(row), row]);
      const numeric = rows.every(([value]) => value === "" || !Number.isNaN(Number(value)));
      const words = new Intl.Collator(document.documentElement.lang);
      rows.sort(([a], [b]) => {
        if (a === "" || b === "") return (a === "") - (b === "");
        const order = numeric ? Number(a) - Number(b) : words.compare(a, b);
        return down ? -order : order;
      });
      body.append(...rows.map(([, row]) => row));
      table.querySelectorAll("thead th").forEach((each) => each.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
    });
  });
});
// Escape puts away what a number shows, until another is looked at
const quiet = (on) => document.body.classList.toggle("quiet", on);
document.addEventListener("keydown", (event) => { if (event.key === "Escape") quiet(true); });
["focusin", "pointerover"].forEach((name) => document.addEventListener(name, (event) => {
  if (event.target.closest(".figure")) quiet(false);
}));
