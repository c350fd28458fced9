/* Progressive enhancement only: every page is complete without this file.
 *
 * start() may run more than once on a page: with instant navigation the theme swaps the content
 * under a living script and emits on document$.
 */
(() => {
  "use strict"

  const KINDS = { people: "Person", organizations: "Organization", countries: "Country" }
  const ENTRY = /\/(people|organizations|countries)\/([a-z0-9-]+)(?:\/|\.html|\/index\.html)?$/
  const FEWEST_EVENTS = 8
  const FEWEST_ROWS = 15

  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties)
    element.append(...children)
    return element
  }

  /* The timeline, narrowed to a person, an organization or a country. The choice stands in the
   * address, so that /timeline/?people=qin-gang can be sent to somebody. */
  const filterTimeline = (sheet) => {
    const events = [...sheet.querySelectorAll(".d-timeline > li")].map((item) => {
      const names = new Map()
      for (const link of item.querySelectorAll("a[href]")) {
        const found = new URL(link.href).pathname.match(ENTRY)
        if (found && found[2] !== "index") names.set(`${found[1]}/${found[2]}`, link.textContent.trim())
      }
      return { item, names }
    })
    if (events.length < FEWEST_EVENTS) return

    const query = new URLSearchParams(location.search)
    const count = make("output", { className: "d-small" })
    const form = make("form", { className: "d-filters", ariaLabel: "Filter the events" })
    for (const [kind, label] of Object.entries(KINDS)) {
      const options = new Map(events.flatMap(({ names }) => [...names]).filter(([ref]) => ref.startsWith(kind)))
      if (options.size < 2) continue
      const select = make("select", { name: kind }, make("option", { value: "", textContent: "All" }))
      for (const [ref, name] of [...options].sort(([, a], [, b]) => a.localeCompare(b)))
        select.append(make("option", { value: ref.slice(kind.length + 1), textContent: name }))
      if (options.has(`${kind}/${query.get(kind)}`)) select.value = query.get(kind)
      form.append(make("label", {}, `${label} `, select))
    }
    form.append(count)

    const apply = () => {
      const wanted = [...form.elements].filter((field) => field.value && field.name)
        .map((field) => `${field.name}/${field.value}`)
      for (const { item, names } of events) item.hidden = !wanted.every((ref) => names.has(ref))
      for (const list of sheet.querySelectorAll(".d-timeline")) {
        const empty = ![...list.children].some((item) => !item.hidden)
        list.hidden = empty
        if (list.previousElementSibling?.matches("h2, h3")) list.previousElementSibling.hidden = empty
      }
      const shown = events.filter(({ item }) => !item.hidden).length
      count.textContent = wanted.length ? `${shown} of ${events.length} events` : ""
    }
    const remember = () => {
      const address = new URL(location)
      for (const select of form.querySelectorAll("select"))
        if (select.value) address.searchParams.set(select.name, select.value)
        else address.searchParams.delete(select.name)
      history.replaceState(history.state, "", address)
    }
    form.addEventListener("change", () => { apply(); remember() })
    form.addEventListener("submit", (event) => event.preventDefault())
    sheet.prepend(form)
    apply()
  }

  /* A long table, narrowed by a word and sorted by a column. */
  const sortable = (cell) => {
    const time = cell?.querySelector("time")?.dateTime
    const text = cell?.textContent.trim() ?? ""
    const number = Number(text.replaceAll(",", ""))
    return time ?? (text && !Number.isNaN(number) ? number : text === "–" ? "" : text.toLocaleLowerCase())
  }
  const order = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b)))

  const browseTable = (table) => {
    const body = table.tBodies[0]
    if (!body || body.rows.length < FEWEST_ROWS) return
    for (const head of table.tHead.rows[0].cells) {
      const button = make("button", { type: "button", className: "d-sort" }, ...head.childNodes)
      button.addEventListener("click", () => {
        const down = head.ariaSort === "ascending"
        for (const other of table.tHead.rows[0].cells) other.ariaSort = null
        head.ariaSort = down ? "descending" : "ascending"
        const rows = [...body.rows].sort((a, b) =>
          order(sortable(a.cells[head.cellIndex]), sortable(b.cells[head.cellIndex])))
        body.append(...(down ? rows.reverse() : rows))
      })
      head.append(button)
    }
    const field = make("input", { type: "search" })
    const form = make("form", { className: "d-filters" }, make("label", {}, "Filter ", field))
    field.addEventListener("input", () => {
      const word = field.value.toLocaleLowerCase()
      for (const row of body.rows) row.hidden = !row.textContent.toLocaleLowerCase().includes(word)
    })
    form.addEventListener("submit", (event) => event.preventDefault())
    table.closest(".d-table").before(form)
  }

  const once = (selector, enhance) => {
    for (const element of document.querySelectorAll(`${selector}:not([data-ready])`)) {
      element.dataset.ready = ""
      enhance(element)
    }
  }
  const start = () => {
    once(".d-browse", filterTimeline)
    once(".d-table table", browseTable)
  }

  start()
  window.document$?.subscribe(start)
})()
