/* Long tables, sorted by a column and narrowed by a word or a choice. Without this file they are complete, in the
 * order they were made in.
 *
 * The tables of an index (.d-index) are one: sorted by another column than they were made in, they stand together;
 * what was chosen stands in the address, as in ?sort=mentions&country=India. A minus before the column turns its
 * order round. `data-order` is the column they were made in order of, `data-choose` the columns to choose from,
 * `data-count` how many lines the whole list has, of which this page may show a part.
 */
(() => {
  "use strict"

  const FEWEST_ROWS = { index: 5, other: 15 }
  const number = new Intl.NumberFormat("en")

  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties)
    element.append(...children)
    return element
  }
  const key = (words) => words.trim().toLowerCase().replace(/[^a-z0-9]+/g, "-")
  const words = (cell) => {
    const text = (cell?.textContent ?? "").replace(/\s+/g, " ").trim()
    return text === "–" ? "" : text
  }
  /* What a cell is sorted by: its date, its number, its words; nothing for an empty one, which comes last. */
  const value = (cell) => {
    const time = cell?.querySelector("time")?.dateTime
    if (time) return time
    const text = words(cell)
    const digits = text.replaceAll(",", "")
    return /^-?\d+(\.\d+)?$/.test(digits) ? Number(digits) : text.toLocaleLowerCase()
  }
  const compare = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b)))

  const browse = (tables, { order = "", choose = [], count = 0, inAddress = false }) => {
    const groups = tables.map((table) => {
      const box = table.closest(".d-table")
      const before = box.previousElementSibling
      return { table, box, body: table.tBodies[0], rows: [...table.tBodies[0].rows], heading: before?.matches("h2, h3") ? before : null }
    })
    const rows = groups.flatMap((group) => group.rows)
    if (rows.length < (inAddress ? FEWEST_ROWS.index : FEWEST_ROWS.other)) return
    const columns = [...tables[0].tHead.rows[0].cells].map((head, place) => {
      const values = rows.map((row) => value(row.cells[place])).filter((v) => v !== "")
      const ranked = values.length > 0 && (values.every((v) => typeof v === "number") || rows.some((row) => row.cells[place]?.querySelector("time")))
      return { place, label: head.textContent.trim(), key: key(head.textContent), down: ranked }
    })
    const made = order.replace("-", "")
    const builtIn = columns.find((column) => column.key === made) ?? (made ? columns[0] : null)

    /* The form: by what to sort (a phone shows no heading of a column it has no room for), a word, choices. */
    const field = make("input", { type: "search", name: "q" })
    const sort = make("select", { name: "sort" })
    for (const column of columns)
      sort.append(make("option", { value: column === builtIn ? "" : column.key, textContent: column.down ? `${column.label} ↓` : column.label }))
    if (!builtIn) sort.prepend(make("option", { value: "", textContent: "As listed" }))
    const choices = columns.filter((column) => choose.includes(column.key)).map((column) => {
      const found = new Map()
      for (const row of rows) {
        const text = words(row.cells[column.place])
        if (text) found.set(text, (found.get(text) ?? 0) + 1)
      }
      const select = make("select", { name: column.key }, make("option", { value: "", textContent: "All" }))
      for (const [text, n] of [...found].sort(([a], [b]) => a.localeCompare(b)))
        select.append(make("option", { value: text, textContent: `${text} (${n})` }))
      return { column, select, found }
    }).filter(({ found }) => found.size > 1)
    const told = make("output", { className: "d-small" })
    const form = make("form", { className: "d-filters d-sorting" },
      make("label", {}, "Find ", field),
      ...choices.map(({ column, select }) => make("label", {}, `${column.label} `, select)),
      make("label", {}, "Sort by ", sort), told)
    form.dataset.ready = ""
    form.setAttribute("role", "search")
    form.ariaLabel = "Sort and filter this list"

    let turned = false
    const apply = () => {
      const column = columns.find((c) => c.key === sort.value) ?? builtIn
      const asMade = column === builtIn && !turned
      const wanted = field.value.trim().toLocaleLowerCase()
      for (const row of rows)
        row.hidden = !(row.textContent.toLocaleLowerCase().includes(wanted) &&
          choices.every(({ column: c, select }) => !select.value || words(row.cells[c.place]) === select.value))
      if (asMade) for (const group of groups) group.body.append(...group.rows)
      else {
        const down = column ? column.down !== turned : turned
        const sorted = column && column !== builtIn
          ? rows.map((row) => [value(row.cells[column.place]), row]).sort(([a], [b]) =>
            (a === "") - (b === "") || (down ? compare(b, a) : compare(a, b))).map(([, row]) => row)
          : [...rows].reverse()
        groups[0].body.append(...sorted)
      }
      for (const group of groups) {
        const empty = ![...group.body.rows].some((row) => !row.hidden)
        group.box.hidden = empty && !(group === groups[0] && !asMade)
        if (group.heading) group.heading.hidden = empty || !asMade
        for (const head of group.table.tHead.rows[0].cells) {
          const its = columns[head.cellIndex]
          const down = its === builtIn && order.startsWith("-") ? !turned : its === builtIn ? turned : its.down !== turned
          if (its === column) head.ariaSort = down ? "descending" : "ascending"
          else head.removeAttribute("aria-sort")
        }
      }
      for (const row of [...rows, ...tables.map((table) => table.tHead.rows[0])])
        for (const cell of row.cells) cell.classList.toggle("d-sorted", cell.cellIndex === column?.place)
      const shown = rows.filter((row) => !row.hidden).length
      const part = count > rows.length ? ` on this page; ${number.format(count)} in all` : ""
      told.textContent = shown < rows.length ? `${number.format(shown)} of ${number.format(rows.length)}${part}` : part ? `${number.format(rows.length)}${part}` : ""
    }
    const fields = [field, sort, ...choices.map(({ select }) => select)]
    const recall = () => {
      const query = new URLSearchParams(inAddress ? location.search : "")
      turned = query.get("sort")?.startsWith("-") ?? false
      for (const input of fields) {
        const given = (query.get(input.name) ?? "").replace(input === sort ? /^-/ : /^$/, "")
        const known = input === field || [...input.options].some((option) => option.value === given)
        input.value = known ? given : ""
      }
      apply()
    }
    const remember = (typing) => {
      apply()
      if (!inAddress) return
      const address = new URL(location)
      for (const input of fields) {
        const text = input === sort && turned ? `-${sort.value || builtIn?.key || ""}` : input.value
        if (text) address.searchParams.set(input.name, text)
        else address.searchParams.delete(input.name)
      }
      if (address.href === location.href) return
      if (typing) history.replaceState(history.state, "", address)
      else history.pushState(null, "", address)
    }
    for (const table of tables)
      for (const head of table.tHead.rows[0].cells) {
        const column = columns[head.cellIndex]
        const button = make("button", { type: "button", className: "d-sort" }, ...head.childNodes)
        button.addEventListener("click", () => {
          const now = (sort.value || builtIn?.key) === column.key
          turned = now && !turned
          sort.value = column === builtIn ? "" : column.key
          remember()
        })
        head.append(button)
      }
    field.addEventListener("input", () => remember(true))
    for (const select of fields.slice(1)) select.addEventListener("change", () => {
      if (select === sort) turned = false
      remember()
    })
    form.addEventListener("submit", (event) => event.preventDefault())
    if (inAddress) for (const event of ["popstate", "pageshow"]) addEventListener(event, recall)
    ;(groups[0].heading ?? groups[0].box).before(form)
    recall()
  }

  const start = () => {
    const tables = [...document.querySelectorAll(".d-table table:not([data-ready])")]
    for (const table of tables) table.dataset.ready = ""
    const index = tables.filter((table) => table.closest(".d-index"))
    if (index.length) {
      const { order, choose = "", count } = index[0].closest(".d-index").dataset
      browse(index, { order, choose: choose.split(" "), count: Number(count), inAddress: true })
    }
    for (const table of tables)
      if (!table.closest(".d-index, .d-numbers") && table.tHead && table.tBodies[0]) browse([table], {})
  }

  start()
  window.document$?.subscribe(start)
})()
