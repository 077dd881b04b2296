// The filter of the directory's lists, and the shortlist. Both remember in the page's address alone; all words come
// from the page's own templates. The build takes out lines that are comments.
{
const main = document.querySelector('main')
// Whatever else has such an id, in a biography or by another theme, is no template.
const template = (id) => document.querySelector('template#' + id)
const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties)
  element.append(...children)
  return element
}
const bar = template('shortlist')
const words = bar.dataset
const root = words.directory
// What a link to a folder goes on with: nothing, or index.html.
const index = words.index ?? ''
const MOST = 3

// What is said to those who listen. It is there before it says anything, and waits until there is quiet.
const said = main.appendChild(make('p', { className: 'said', role: 'status' }))
let soon
const say = (text) => {
  clearTimeout(soon)
  soon = setTimeout(() => { said.textContent = text }, 500)
}

// The address: ?q=…&offer=…&offer=…&free=1 of the filter, and list=first.second.third of the shortlist.

const read = (search) => {
  const ids = (new URLSearchParams(search).get('list') ?? '').split('.')
  return [...new Set(ids)].filter((id) => /^[a-z0-9_-]{1,250}$/.test(id)).slice(0, MOST)
}
let chosen = read(location.search)
// Who turned out to be nobody on this site stays to be seen where that is said, and goes nowhere from there.
const gone = new Set()
const kept = () => chosen.filter((id) => !gone.has(id))
const joined = () => kept().join('.')
let form
const query = () => joined() && '?list=' + joined()
const remember = (isStep) => {
  const state = new URLSearchParams(form ? new FormData(form) : location.search)
  if (!state.get('q')) state.delete('q')
  state.delete('list')
  if (joined()) state.set('list', joined())
  const search = String(state) && '?' + state
  history[isStep ? 'pushState' : 'replaceState'](null, '', location.pathname + search + location.hash)
}

// What the filter has not yet written to the address is written before the page is left, or the shortlist writes there.
let flush = () => {}

// Links to other pages of the directory take the shortlist along, from when somebody is about to use them; to this page
// in another language, and to other pages of this list, the filter too.
const carry = ({ target }) => {
  const link = target.closest?.('a[href]')
  if (!link || link.origin !== location.origin || link.getAttribute('href')[0] === '#') return
  flush()
  if (link.hreflang || link.closest('.pager')) link.search = location.search
  else if (link.pathname.startsWith(root)) link.search = query()
}
for (const event of ['pointerover', 'focusin', 'click']) document.addEventListener(event, carry, true)

// The directory's address in each language: of this page's address in another, all but what this one has after its own.
const roots = () => {
  const rest = location.pathname.slice(root.length)
  const others = [...document.querySelectorAll('link[hreflang]')].map(({ href }) => new URL(href).pathname)
  return [root, ...others.filter((path) => path.endsWith(rest)).map((path) => path.slice(0, path.length - rest.length))]
}

// Going back or forward to a page must not bring back the shortlist that it had when it was left.
const arrive = () => {
  const { navigationType, from } = window.navigation?.activation ?? {}
  const before = navigationType === 'traverse' && from?.url && new URL(from.url)
  if (before && roots().some((other) => before.pathname.startsWith(other))) chosen = read(before.search)
  tidy()
}

// Whatever else stands in the address for a shortlist goes.
const tidy = () => {
  if (String(new URLSearchParams(location.search).getAll('list')) !== joined()) remember()
}

// Buttons that add and remove, and the bar that counts.

const foot = bar.content.firstElementChild
const buttons = []
const count = () => words[['none', 'one', 'two', 'three'][kept().length]]
const show = (text = count()) => {
  foot.querySelector('span').textContent = text
  foot.hidden = !chosen.length
  for (const { button, id, name } of buttons) {
    const text = chosen.includes(id) ? words.remove : words.add
    if (button.textContent === text) continue
    button.textContent = text
    button.setAttribute('aria-label', text + ': ' + name)
  }
}
const toggle = (id) => {
  flush()
  const isFull = chosen.length === MOST && !chosen.includes(id)
  if (chosen.includes(id)) chosen = chosen.filter((other) => other !== id)
  else if (!isFull) chosen = [...chosen, id]
  remember()
  show(isFull ? words.full : count())
  say(isFull ? words.full : count())
}
const offer = (id, name) => {
  const button = make('button', { type: 'button' })
  button.addEventListener('click', () => toggle(id))
  buttons.push({ button, id, name })
  return make('p', { className: 'choose' }, button)
}
const idOf = (path) => path.slice(root.length).split('/')[0]

// The filter: within a group any of the boxes that are ticked, and all groups and words together. A count says how many
// there would be with that box and the choices in the other groups.

// Letters without their marks: "sian" finds "Siân".
const LETTERS = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' }
const fold = (text) => text.toLowerCase().normalize('NFKD').replace(/[\p{M}'’ʼ]/gu, '')
  .replace(/[ßæœøłđðþı]/g, (letter) => LETTERS[letter]).replace(/[^\p{L}\p{N}]+/gu, ' ').trim()

const startFilter = (made) => {
  form = made.content.firstElementChild
  const nav = main.querySelector('.facets')
  const clear = form.querySelector('[type=button]')
  const boxes = [...form.querySelectorAll('[type=checkbox]')]
  const labels = {}
  for (const section of nav?.querySelectorAll('section') ?? []) {
    const list = make('ul')
    for (const link of section.querySelectorAll('a')) {
      const [name, value] = link.pathname.slice(root.length).split('/')
      labels[name + '/' + value] = link.textContent
      // Everybody on a list is listed by what the list is of.
      if (link.hasAttribute('aria-current')) continue
      const box = make('input', { type: 'checkbox', name, value })
      const text = make('span', link.lang && { lang: link.lang }, link.textContent)
      list.append(make('li', {}, make('label', {}, box, ' ', text, ' ', make('span', { className: 'muted' }))))
      boxes.push(box)
    }
    const legend = make('legend', {}, section.querySelector('h2').textContent)
    if (list.firstChild) form.querySelector('details').append(make('fieldset', {}, legend, list))
  }
  const people = [...main.querySelectorAll('.people > li')].map((entry) => {
    const terms = entry.dataset.terms.split(' ')
    const isFree = Boolean(entry.querySelector('.free'))
    // What the entry says of her, without the words that label it.
    const parts = [...entry.querySelectorAll('.name, .post, p:not([class])')].flatMap((part) => [...part.childNodes])
    const values = parts.filter((part) => !part.classList?.contains('muted')).map((part) => part.textContent)
    const said = [...values, entry.dataset.also ?? '', ...terms.map((term) => labels[term])]
    return { entry, isFree, terms: isFree ? [...terms, 'free/1'] : terms, text: fold(said.join(' ')) }
  })
  const heading = Object.assign(main.querySelector('.count'), { tabIndex: -1 })
  const whole = heading.textContent

  const narrow = () => {
    const sought = fold(form.q.value).split(' ')
    const ticked = {}
    for (const { name, value } of boxes.filter((box) => box.checked)) (ticked[name] ??= []).push(name + '/' + value)
    const groups = Object.entries(ticked)
    const counts = {}
    let [shown, free] = [0, 0]
    for (const { entry, isFree, terms, text } of people) {
      const missed = groups.filter(([, wanted]) => !wanted.some((term) => terms.includes(term)))
      const isFound = sought.every((word) => text.includes(word))
      const isShown = isFound && !missed.length
      if (entry.hidden === isShown) entry.hidden = !isShown
      shown += isShown
      free += isShown && isFree
      if (!isFound || missed.length > 1) continue
      for (const term of terms) {
        if (!missed.length || term.startsWith(missed[0][0] + '/')) counts[term] = (counts[term] ?? 0) + 1
      }
    }
    for (const box of boxes) box.parentElement.lastElementChild.textContent = counts[box.name + '/' + box.value] ?? 0
    const isUsed = groups.length > 0 || sought[0] !== ''
    const numbers = { n: shown, total: people.length, free }
    const text = shown ? made.dataset.count.replace(/{(\w+)}/g, (_, name) => numbers[name]) : made.dataset.none
    heading.textContent = isUsed ? text : whole
    clear.hidden = !isUsed
  }
  const restore = () => {
    const state = new URLSearchParams(location.search)
    form.q.value = state.get('q') ?? ''
    for (const box of boxes) box.checked = state.getAll(box.name).includes(box.value)
    narrow()
  }

  // A box is a step back in the history, and so are words that are typed one after the other.
  let isTyping = false
  let later
  let isStepDue = false
  const drop = () => {
    clearTimeout(later)
    later = undefined
  }
  flush = () => {
    if (!later) return
    drop()
    remember(isStepDue)
  }
  addEventListener('pagehide', () => {
    // A page that is being left can change the step that it is at, and make no further one.
    isStepDue = false
    flush()
  })
  const changed = (isStep) => {
    isStepDue = isStep || Boolean(later && isStepDue)
    drop()
    narrow()
    say(heading.textContent)
    later = setTimeout(flush, isStep ? 0 : 300)
  }
  form.addEventListener('input', ({ target }) => {
    const isText = target === form.q
    changed(!isText || !isTyping)
    isTyping = isText
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    heading.focus()
  })
  clear.addEventListener('click', () => {
    form.reset()
    isTyping = false
    changed(true)
    form.q.focus()
  })
  addEventListener('popstate', () => {
    drop()
    isTyping = false
    restore()
    remember()
  })
  restore()
  form.querySelector('details').open = boxes.some((box) => box.checked && box.name !== 'free')
  // Of a list in several pages the lists narrow the whole, and so they stay.
  if (nav && main.querySelector('.pager')) {
    const beside = make('div')
    nav.replaceWith(beside)
    beside.append(form, nav)
  } else if (nav) nav.replaceWith(form)
  else main.querySelector('.results').before(form)
}

// The shortlist's own page: it reads the profiles, so that nobody who has gone can stand on it.

const look = async (id) => {
  const href = root + id + '/' + index
  // Whoever cannot be read is called by her address.
  const unread = { id, href, name: String(new URL(href, location)), trouble: 'unread' }
  try {
    const answer = await fetch(href)
    if (!answer.ok) return answer.status === 404 ? { id, href, trouble: 'gone' } : unread
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main.mentor')
    if (!page) return { id, href, trouble: 'gone' }
    const [name, post, places] = ['h1', '.post', '.places'].map((selector) => page.querySelector(selector)?.textContent.trim())
    return { id, href, name: name ?? unread.name, post, places, state: page.querySelector('.places')?.className }
  } catch {
    return unread
  }
}

const startShortlist = async (made) => {
  const body = main.querySelector('.choices')
  const texts = made.dataset
  if (!chosen.length) return body.replaceChildren(template('nobody').content)
  const rows = await Promise.all(chosen.map(async (id) => {
    const person = await look(id)
    const row = person.row = template('choice').content.firstElementChild.cloneNode(true)
    const link = row.querySelector('a')
    const part = (name, text) => { row.querySelector('.' + name).textContent = text ?? '' }
    if (person.trouble === 'gone') link.parentElement.textContent = texts.gone
    else Object.assign(link, { href: person.href, textContent: person.name })
    part('post', person.trouble === 'unread' ? texts.unread : person.post)
    part('places', person.places)
    if (person.state) row.querySelector('.places').className = person.state
    for (const button of row.querySelectorAll('button')) {
      button.setAttribute('aria-label', button.textContent + ': ' + (person.name ?? texts.gone))
      button.addEventListener('click', () => move(person, Number(button.value), button))
    }
    return [id, person]
  }))
  const known = new Map(rows)
  for (const [id, { trouble }] of rows) if (trouble === 'gone') gone.add(id)
  tidy()
  const list = made.content.querySelector('ol')
  const [mail, link] = ['.mail', '.form a'].map((selector) => made.content.querySelector(selector))
  const address = link?.href
  const [lost, ways] = ['.lost', '.ways'].map((selector) => made.content.querySelector(selector))
  made.content.querySelector('.print button').addEventListener('click', () => print())
  body.replaceChildren(made.content)

  const update = () => {
    if (!chosen.length) return body.replaceChildren(template('nobody').content)
    const people = chosen.map((id) => known.get(id))
    people.forEach(({ row }, at) => {
      list.append(row)
      const [up, down] = row.querySelectorAll('button')
      up.hidden = at === 0
      down.hidden = at === people.length - 1
    })
    const listed = people.filter(({ trouble }) => trouble !== 'gone')
    lost.hidden = listed.length > 0
    ways.hidden = !listed.length
    const names = listed.map(({ name, href }, at) => `${at + 1}. ${[...new Set([name, String(new URL(href, location))])].join('\n')}`)
    const text = texts.body.replace('{list}', () => names.join('\n\n')).replace(/\n/g, '\r\n')
    mail.href = `${texts.mail}?subject=${encodeURIComponent(texts.subject)}&body=${encodeURIComponent(text)}`
    if (!link) return
    const filled = new URL(address)
    const quote = (text) => texts.quoted ? `"${text}"` : text
    const fill = (field, text) => field && text && filled.searchParams.set(field, quote(text))
    const [first, second, third] = listed.map(({ name }) => name)
    fill(texts.first, first)
    fill(texts.second, second)
    fill(texts.third, third)
    fill(texts.all, listed.map(({ name }, at) => `${at + 1}. ${name}`).join('; '))
    link.href = filled
  }
  const move = ({ id, name, row }, by, button) => {
    const at = chosen.indexOf(id)
    chosen = chosen.filter((other) => other !== id)
    if (by) chosen.splice(at + by, 0, id)
    remember()
    if (!by) row.remove()
    update()
    // The focus stays where the hand is: on the button, or else on what is nearest to it.
    const next = known.get(chosen[Math.min(at, chosen.length - 1)])?.row
    const near = by ? row : next ?? body
    const other = near.querySelector('button:not([hidden])') ?? near.querySelector('a')
    const target = by && !button.hidden ? button : other
    target.focus()
    say(by ? texts.moved.replace('{name}', () => name ?? '').replace('{n}', at + by + 1) : count())
  }
  update()
}

arrive()
const [list, page] = [template('filter'), template('choices')]
if (list) startFilter(list)
if (page) startShortlist(page)
else {
  for (const entry of main.querySelectorAll('.people > li')) {
    const link = entry.querySelector('.name a')
    if (link) entry.append(offer(idOf(link.pathname), link.textContent))
  }
  const action = main.matches('.mentor') && main.querySelector('.action')
  if (action) action.after(offer(idOf(location.pathname), main.querySelector('h1').textContent))
  // Where all are on one page, nobody else is on this site.
  if ([root, root + index].includes(location.pathname) && !main.querySelector('.pager')) {
    chosen = chosen.filter((id) => buttons.some((other) => other.id === id))
    tidy()
  }
  main.append(foot)
  show()
}
addEventListener('pageshow', ({ persisted }) => {
  if (!persisted) return
  arrive()
  // Rows of another shortlist than the address now has.
  if (page) location.reload()
  show()
})
}
