// The preview's own script: loads the page again when it has changed, and shows findings over it. The server adds it to what it
// sends; no site has it. It asks nobody but this server, and remembers nothing.
(() => {
  const STYLE = "STYLE"
  const script = document.currentScript
  const state = script.dataset.state
  // Before the site could be built once the page itself lists the findings.
  const isWaiting = document.body?.classList.contains('waiting') ?? false
  let stream
  let told = ''
  let isClosing = false

  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties)
    made.append(...children.filter((child) => child !== undefined))
    return made
  }
  const count = (n, what) => `${n} ${what}${n === 1 ? '' : 's'}`

  // The page's own style must not reach in, and ours not out.
  const host = document.createElement('mentorpress-preview')
  const root = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(STYLE)
  root.adoptedStyleSheets = [sheet]

  function finding({ is_error: isError, code, message, place, note, help }) {
    const kind = isError ? 'error' : 'warning'
    return element('li', { className: kind },
      element('p', { className: 'what' }, code ? element('code', { textContent: `${kind}[${code}]` }) : undefined, code ? ' ' : '', message),
      place ? element('p', {}, element('code', { textContent: place })) : undefined,
      note ? element('p', { className: 'note' }, element('b', { textContent: 'note:' }), ` ${note}`) : undefined,
      help ? element('p', { className: 'help' }, element('b', { textContent: 'help:' }), ` ${help}`) : undefined)
  }

  function show(news) {
    root.replaceChildren()
    if (isWaiting || news.errors + news.warnings === 0) {
      host.remove()
      return
    }
    const kinds = [news.errors && count(news.errors, 'error'), news.warnings && count(news.warnings, 'warning')].filter(Boolean).join(', ')
    const name = news.failed ? 'failed' : 'sound'
    const close = element('button', { type: 'button', textContent: 'Close' })
    const heading = element('h2', { id: 'heading', textContent: news.failed ? `${kinds}: the site cannot be built` : kinds })
    const text = element('p', { className: 'muted', id: 'text', textContent: news.failed
      ? 'Behind this is the last site that could be built. This goes away by itself once the errors are mended.'
      : 'The site can be built all the same.' })
    const more = news.more ? element('p', { textContent: `… and ${news.more} more, in the terminal.` }) : undefined
    const dialog = element('dialog', { className: name },
      element('div', { className: 'head' }, heading, close),
      element('div', {}, text, element('ol', {}, ...news.findings.map(finding)), more))
    dialog.setAttribute('aria-labelledby', 'heading')
    dialog.setAttribute('aria-describedby', 'text')
    // The keyboard begins at the beginning, and scrolls a long list.
    heading.tabIndex = -1
    heading.autofocus = true
    const open = element('button', { type: 'button', textContent: kinds })
    open.setAttribute('aria-haspopup', 'dialog')
    const aside = element('aside', { className: name }, open)
    aside.setAttribute('aria-label', 'Preview')
    close.addEventListener('click', () => dialog.close())
    open.addEventListener('click', () => dialog.showModal())
    root.append(aside, dialog)
    document.body.append(host)
    if (news.failed) dialog.showModal()
  }

  function hear({ data }) {
    if (isClosing) return
    const news = JSON.parse(data)
    if (news.state !== state) {
      // The browser keeps the place where the page was scrolled to.
      isClosing = true
      stream.close()
      location.reload()
      return
    }
    const now = JSON.stringify({ ...news, state: undefined })
    if (now !== told) {
      told = now
      show(news)
    }
  }

  // A browser has few connections to one server: only a page that can be seen keeps one. Whatever happened meanwhile is told
  // when it listens again.
  function listen() {
    if (document.hidden) {
      stream?.close()
      stream = undefined
    } else if (!stream || stream.readyState === EventSource.CLOSED) {
      stream = new EventSource(`/.mentorpress/events${location.pathname}`)
      stream.addEventListener('message', hear)
      stream.addEventListener('error', (event) => {
        // Most browsers try again by themselves; some give up when the server is away.
        if (event.target === stream && stream.readyState === EventSource.CLOSED) setTimeout(listen, 1000)
      })
    }
  }
  document.addEventListener('visibilitychange', listen)
  addEventListener('pageshow', listen)
  addEventListener('pagehide', () => {
    stream?.close()
    stream = undefined
  })
  listen()
})()
