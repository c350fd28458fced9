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

  /* The keys of the theme's search lead to the search box, where the site has one of its own. */
  const findByKey = () => document.addEventListener("keydown", (event) => {
    if (!["s", "f", "/"].includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.target.closest("input, select, textarea, [contenteditable]")) return
    const shown = [...document.querySelectorAll(".d-find-form input, .d-search-box input, .d-search-link")]
      .find((element) => element.offsetParent)
    if (!shown) return
    event.preventDefault()
    if (shown.href) location.assign(shown.href)
    else shown.focus()
  })

  /* The words that a citation stands for, beside its link while it is pointed at or has the focus.
   * They are in the page already: nothing is fetched. Escape closes them; touching follows the link. */
  const previewCitations = () => {
    const card = make("div", { className: "d-preview", id: "d-preview", hidden: true })
    card.setAttribute("role", "tooltip")
    let shown = null
    let timer = 0

    const hide = () => {
      clearTimeout(timer)
      card.hidden = true
      shown?.removeAttribute("aria-describedby")
      shown = null
    }
    const show = (link) => {
      clearTimeout(timer)
      if (link === shown) return
      hide()
      shown = link
      card.replaceChildren(make("q", { textContent: link.dataset.quoted }))
      link.setAttribute("aria-describedby", card.id)
      link.closest(".md-content").append(card)
      card.hidden = false
      const frame = card.offsetParent.getBoundingClientRect()
      const place = link.getClientRects()[0]
      const left = Math.min(place.left, document.documentElement.clientWidth - card.offsetWidth - 8)
      const above = place.bottom + card.offsetHeight > innerHeight && place.top > card.offsetHeight
      card.style.left = `${Math.max(8, left) - frame.left}px`
      card.style.top = `${(above ? place.top - card.offsetHeight - 6 : place.bottom + 6) - frame.top}px`
    }
    /* Beside words that are quoted in full the card would only repeat them. */
    const cited = (event) => event.target.closest?.(".md-content a[data-quoted]:not(.d-quote a)")

    document.addEventListener("pointerover", (event) => {
      if (event.pointerType === "touch") return
      const link = cited(event)
      if (link) {
        clearTimeout(timer)
        timer = setTimeout(show, 150, link)
      } else if (card.contains(event.target)) clearTimeout(timer)
    })
    document.addEventListener("pointerout", (event) => {
      if (event.pointerType === "touch" || !(cited(event) || card.contains(event.target))) return
      clearTimeout(timer)
      timer = setTimeout(hide, 200)
    })
    document.addEventListener("focusin", (event) => {
      const link = cited(event)
      if (link?.matches(":focus-visible")) show(link)
    })
    document.addEventListener("focusout", (event) => { if (shown && cited(event) === shown) hide() })
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide() })
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

  findByKey()
  previewCitations()
  start()
  window.document$?.subscribe(start)
})()
