// Starts the form for the dossier that served it. No other host is asked for anything.
"use strict";

window.CMS_MANUAL_INIT = true;

(() => {
  const api = `/api/v1/${document.currentScript.dataset.session}`;

  const ask = async (action, params) => {
    const answer = await fetch(api, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ action, params }),
    });
    const found = await answer.json();
    if (!answer.ok) throw new Error(found.error);
    return found;
  };

  // Whoever can open the page may edit: there is nobody to log in.
  localStorage.setItem("decap-cms-user", JSON.stringify({ backendName: "proxy" }));

  // Nothing is published here: files are saved.
  const words = {
    publish: "Save",
    publishing: "Saving…",
    published: "Saved",
    publishNow: "Save now",
    publishAndCreateNew: "Save and begin another",
    publishAndDuplicate: "Save and begin a copy",
  };

  const relabel = () => {
    const english = structuredClone(CMS.getLocale("en"));
    Object.assign(english.editor.editorToolbar, words);
    english.collection.collectionTop.newButton = "New %{collectionLabel}";
    english.editor.editor.onDeletePublishedEntry = "Are you sure you want to delete this entry?";
    english.ui.toast.onFailToPersist = "Not saved: %{details}";
    CMS.registerLocale("en", english);
  };

  // Decap draws the fields of one kind into the form of another when an address is typed over an open form.
  const opened = (address) => /#\/collections\/[^/]+\/entries\/[^/?]+/.exec(address)?.[0];
  addEventListener("hashchange", ({ oldURL, newURL }) => {
    if (opened(oldURL) && opened(newURL) && opened(oldURL) !== opened(newURL)) location.reload();
  });

  document.addEventListener("DOMContentLoaded", () => {
    relabel();
    // A new entry gets its id from its name, by the rule of `dossier new`.
    CMS.registerEventListener({
      name: "preSave",
      handler: async ({ entry }) => {
        const data = entry.get("data");
        if (!entry.get("newRecord")) return data;
        const { id } = await ask("idFor", { kind: entry.get("collection"), name: data.get("name") || "" });
        return data.set("_id", id);
      },
    });
    CMS.init({ config: { backend: { name: "proxy", proxy_url: api } } });
  });
})();
