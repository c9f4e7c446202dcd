// Suggestions while typing, and pictures as PNG; everything works without them.
(() => {
  for (const link of document.querySelectorAll("a[data-png]")) {
    const png = document.createElement("a");
    png.href = link.href;
    png.textContent = "PNG";
    png.addEventListener("click", async (event) => {
      event.preventDefault();
      const image = new Image();
      image.src = link.href;
      await image.decode();
      const canvas = document.createElement("canvas");
      canvas.width = 2 * image.naturalWidth;
      canvas.height = 2 * image.naturalHeight;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      const saved = document.createElement("a");
      saved.href = canvas.toDataURL("image/png");
      saved.download = new URL(link.href).pathname.split("/").pop().replace(/\.svg$/, ".png");
      saved.click();
    });
    link.after(" · ", png);
  }
})();
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
