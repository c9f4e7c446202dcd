// Suggestions while typing; everything works without them.
(() => {
  const field = document.querySelector("input[data-suggest]");
  if (!field) return;
  const list = document.createElement("datalist");
  list.id = "suggestions";
  field.after(list);
  field.setAttribute("list", list.id);
  let last = "", timer = 0;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const text = field.value.trim();
      if (text.length < 2 || text === last) return;
      last = text;
      const answer = await fetch(field.dataset.suggest + "?q=" + encodeURIComponent(text));
      if (!answer.ok || text !== last) return;
      list.replaceChildren(...(await answer.json()).map((name) => {
        const option = document.createElement("option");
        option.value = name;
        return option;
      }));
    }, 150);
  });
})();
