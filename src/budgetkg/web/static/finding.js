// The search of a published site: reads the few files of the index that a text needs (publishing/searching.py).
(() => {
  const box = document.getElementById("found");
  if (!box) return;
  const field = document.getElementById("q"), at = box.dataset.index, FEW = 6, MANY = 50;
  const han = /[\u3400-\u9fff]/, kept = new Map(), column = box.dataset.language === "zh" ? 1 : 3;

  const read = (name) => {
    if (!kept.has(name)) kept.set(name, fetch(`${at}${name}.json`).then((answer) => {
      if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
      return answer.json();
    }));
    return kept.get(name);
  };
  const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s\u200b-\u200f\ufeff\u00ad]+/g, "");
  const runs = (word) => {
    const letters = [...word], size = han.test(word) || letters.length < 3 ? 2 : 3;
    return letters.length < 2 ? [] : letters.slice(size - 1).map((_, place) => letters.slice(place, place + size).join(""));
  };
  const shard = (run, shards) => [...run].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 65521, 0) % shards;

  // The numbers of the entries that have every run of every word.
  const places = async (words, shards) => {
    let found = null;
    for (const run of new Set(words.flatMap(runs))) {
      let number = 0;
      const here = ((await read(`places/${shard(run, shards)}`))[run] || []).map((step) => (number += step));
      const known = new Set(here);
      found = found === null ? here : found.filter((one) => known.has(one));
      if (!found.length) break;
    }
    return found || [];
  };
  // Traditional characters sound like the simplified ones.
  const spoken = async (words) => {
    const sounds = new Map();
    for (const [sound, letters] of Object.entries(await read("sounds"))) for (const letter of letters) sounds.set(letter, sound);
    return words.map((word) => [...word].map((letter) => sounds.get(letter) || letter).join(""));
  };
  const entry = async (number, each) => (await read(`entries/${Math.floor(number / each)}`))[number % each];
  const holds = (one, words) => words.every((word) => one.slice(5).some((text) => text.includes(word)));

  const line = (one) => {
    const item = document.createElement("li"), link = document.createElement("a");
    link.href = box.dataset.pages + "/" + box.dataset.language + one[0];
    link.textContent = one[column];
    item.append(link);
    if (one[column + 1]) {
      const more = document.createElement("small");
      more.textContent = one[column + 1];
      item.append(more);
    }
    return item;
  };
  // The hits of one kind, some at a time; more of them with the button.
  const list = async (section, numbers, words, each, some) => {
    const hits = section.querySelector("ul"), button = section.querySelector("button");
    let next = 0;
    const go = async (most) => {
      for (let shown = 0; shown < most && next < numbers.length; next++) {
        const one = await entry(numbers[next], each);
        if (holds(one, words)) { hits.append(line(one)); shown++; }
      }
      button.hidden = next >= numbers.length;
    };
    section.querySelector(".count").textContent = numbers.length.toLocaleString("en");
    button.onclick = () => go(MANY);
    await go(some);
    section.hidden = !hits.children.length;
    return hits.children.length;
  };

  // What the address narrows the hits to, each choice an address of its own.
  const address = new URLSearchParams(location.search), tongue = box.dataset.language === "zh" ? 0 : 1;
  const turned = (name, text) => {
    const key = `_is.${name}`, next = new URLSearchParams(address), had = next.getAll(key);
    next.delete(key);
    for (const value of had.includes(text) ? had.filter((one) => one !== text) : [...had, text]) next.append(key, value);
    return `?${next}`;
  };
  const facet = (column, counts, chosen, open) => {
    const part = document.createElement("details"), head = document.createElement("summary"), all = document.createElement("ul");
    head.textContent = column.heading[tongue];
    part.open = open || chosen.size > 0;
    for (const text of new Set([...[...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || (a < b ? -1 : 1)), ...chosen])) {
      const item = document.createElement("li"), link = document.createElement("a"), count = document.createElement("span");
      link.href = turned(column.name, text);
      link.textContent = text;
      if (chosen.has(text)) link.setAttribute("aria-current", "true");
      count.className = "count";
      count.textContent = counts.get(text) || 0;
      item.append(link, " ", count);
      all.append(item);
    }
    part.append(head, all);
    return part;
  };
  // The numbers of the entries that have a chosen value in each column; the columns are shown with their counts.
  const narrow = async (found) => {
    const { columns, each, most } = await read("facets"), pane = document.getElementById("facets"), rows = new Map();
    for (const number of found) rows.set(number, (await read(`of/${Math.floor(number / each)}`))[number % each]);
    const text = (number, place) => (columns[place].values[rows.get(number)[place] - 1] || ["", ""])[tongue];
    const chosen = columns.map((column) => new Set(address.getAll(`_is.${column.name}`).filter(Boolean)));
    const fits = (number, but) => chosen.every((wanted, place) => place === but || !wanted.size || wanted.has(text(number, place)));
    pane.replaceChildren();
    for (const [place, column] of columns.entries()) {
      const several = new Set(found.map((number) => text(number, place))).size, counts = new Map();
      if (!chosen[place].size && (several < 2 || several > most)) continue;
      for (const number of found) {
        const value = text(number, place);
        if (value && fits(number, place)) counts.set(value, (counts.get(value) || 0) + 1);
      }
      pane.append(facet(column, counts, chosen[place], pane.children.length < 2));
    }
    pane.hidden = !pane.children.length;
    return found.filter((number) => fits(number, -1));
  };

  const search = async (text) => {
    const about = await read("about"), sections = box.querySelectorAll("section");
    let words = text.split(/\s+/).map(fold).filter(Boolean).slice(0, 8), found = await places(words, about.shards);
    if (!found.length && words.some((word) => han.test(word))) {
      words = await spoken(words);
      found = await places(words, about.shards);
    }
    found = await narrow(found);
    let first = 0, shown = 0;
    const of = about.counts.map((count) => [first, (first += count)]);
    const groups = of.map(([from, to]) => found.filter((number) => number >= from && number < to));
    const some = groups.filter((group) => group.length).length > 1 ? FEW : MANY;
    for (const [place, group] of groups.entries()) {
      sections[place].querySelector("ul").replaceChildren();
      sections[place].hidden = true;
      if (group.length) shown += await list(sections[place], group, words, about.each, some);
    }
    document.getElementById("count").textContent = box.dataset.count.replace("{count}", found.length.toLocaleString("en"));
    document.getElementById("count").hidden = !shown;
    document.getElementById("none").hidden = shown > 0;
    box.dataset.done = text;
  };

  const text = (address.get("q") || "").trim().slice(0, 200);
  if (!text) return;
  document.getElementById("lead").hidden = true;
  if (field) field.value = text;
  search(text).catch(() => {
    document.getElementById("none").textContent = box.dataset.failed;
    document.getElementById("none").hidden = false;
  });
})();
