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
    // Beside what is known of an article stands what it says: quotations are copied from there.
    CMS.registerPreviewTemplate(
      "articles",
      createClass({
        getInitialState: () => ({ title: "", paragraphs: [] }),
        componentDidMount() {
          ask("textOf", { id: this.props.entry.get("slug") }).then((found) => this.setState(found));
        },
        render() {
          const number = (n) => h("small", { style: { color: "#5b6770", userSelect: "none" } }, `${n}  `);
          return h(
            "article",
            { style: { font: "16px/1.5 Georgia, serif", maxWidth: "42em", margin: "2em" } },
            h("h1", { style: { fontSize: "1.4em" } }, this.state.title),
            this.state.paragraphs.map(([n, text]) => h("p", { key: n }, number(n), text)),
          );
        },
      }),
    );
    CMS.init({ config: { backend: { name: "proxy", proxy_url: api } } });
  });
})();
