"use strict";
// Yasgui in place of the plain form, which stays for browsers without it. Our prefixes are known to the endpoint,
// so a query needs no PREFIX lines; terms of the ontology are completed after `bkg:`, with what they are called.
(() => {
  const place = document.getElementById("editor"), data = document.getElementById("editor-data");
  if (!place || !data || typeof Yasgui === "undefined") return;
  const known = JSON.parse(data.textContent);
  const endpoint = new URL(known.endpoint, location.href).href;
  const names = known.terms.map(([name]) => name);
  const called = new Map(known.terms);
  // The editor's own completions ask prefix.cc and LOV, which are other people's hosts.
  Yasgui.Yasqe.registerAutocompleter({
    name: "terms", bulk: false, autoShow: true,
    isValidCompletionPosition: (editor) => /^[A-Za-z][\w-]*:[\w-]*$/.test(editor.getCompleteToken().string),
    preProcessToken: (_, token) => ({ ...token, autocompletionString: token.string }),
    get: (_, token) => {
      const typed = token.autocompletionString.toLowerCase();
      return names.filter((name) => name.toLowerCase().startsWith(typed));
    },
    postProcessSuggestion: (editor, _, name) => {
      const prefix = name.slice(0, name.indexOf(":"));
      if (!(prefix in editor.getPrefixesFromQuery())) editor.addPrefixes({ [prefix]: known.prefixes[prefix] });
      return name;
    },
    postprocessHints: (_, hints) => hints.map((hint) => ({
      ...hint, displayText: called.get(hint.text) ? `${hint.text}  ${called.get(hint.text)}` : hint.text,
    })),
  });
  place.hidden = false;
  const editor = new Yasgui(place, {
    requestConfig: { endpoint, method: "POST" },
    copyEndpointOnNewTab: true,
    populateFromUrl: false,
    autofocus: false,
    persistenceId: null,
    tabName: known.title,
    endpointCatalogueOptions: { getData: () => [{ endpoint }], keys: [] },
    yasqe: {
      value: known.query, autocompleters: ["terms", "variables"], collapsePrefixesOnLoad: true, resizeable: true,
      createShareableLink: (query) => endpoint + "?query=" + encodeURIComponent(query.getValue()),
    },
    yasr: { prefixes: known.prefixes, persistencyExpire: 0 },
  });
  // Tab goes on to the next field, as everywhere: who has no mouse would never leave the editor else.
  place.addEventListener("keydown", (event) => {
    if (event.key === "Tab") event.stopPropagation();
  }, true);
  editor.getTab().setQuery(known.query);
  document.getElementById("plain").hidden = true;
  document.querySelectorAll("a[data-query]").forEach((link) => link.addEventListener("click", (event) => {
    event.preventDefault();
    const tab = editor.addTab(true, { name: link.textContent.slice(0, 24), requestConfig: { endpoint } });
    tab.setQuery(link.dataset.query);
    place.scrollIntoView({ block: "start" });
  }));
})();
