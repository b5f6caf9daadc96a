extension Report {
    /// Looks of the control sheet: black on white with thin rules, as it is printed; a dark room gets dark paper.
    static let style: Markup = """

        :root { --paper: #fff; --ink: #1b1a17; --soft: #67635a; --rule: #d9d5cb; --wash: #f6f4ee;
          --block: #a8201a; --warn: #8a5a00; --note: #4a5a6a; --good: #1e6a3c }
        @media screen and (prefers-color-scheme: dark) { :root { --paper: #17181a; --ink: #e9e6df; --soft: #a3a097; --rule: #3a3b3d;
          --wash: #202124; --block: #ff8a80; --warn: #f0c05a; --note: #9db4c8; --good: #7fd19b } }
        * { box-sizing: border-box }
        html { background: var(--paper); color: var(--ink);
          font: 15px/1.55 "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif }
        body { max-width: 62rem; margin: 0 auto; padding: 2.2rem 1.2rem 3rem; overflow-wrap: anywhere }
        h1, h2, .word strong { font-family: "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", SimSun, serif; font-weight: 700 }
        h1 { font-size: 2rem; line-height: 1.25; margin: .1rem 0 .8rem }
        h2 { font-size: 1.25rem; margin: 2.6rem 0 .8rem; padding-bottom: .3rem; border-bottom: 2px solid var(--ink) }
        h3 { font-size: 1rem; margin: 1.4rem 0 .4rem }
        p { margin: .2rem 0 }
        a { color: inherit }
        .en, [lang=en] { color: var(--soft); font-size: .8em; font-weight: 400 }
        .kind { margin: 0; letter-spacing: .08em } .kind .en { letter-spacing: 0 }
        header dl { display: flex; flex-wrap: wrap; gap: .3rem 2rem; margin: 0 0 1.2rem }
        header dl div { display: flex; gap: .6rem }
        dt { color: var(--soft) } dd { margin: 0 }
        .verdict { border: 1px solid currentColor; border-left-width: .6rem; padding: .9rem 1.1rem 1rem; color: var(--good) }
        .verdict > * { color: var(--ink) } .verdict .word { color: inherit; font-size: 1.1rem; margin-bottom: .3rem }
        .verdict .word strong { font-size: 1.7rem; margin-right: .4rem } .verdict .word [lang=en] { color: inherit }
        .verdict.review { color: var(--warn) } .verdict.problems, .verdict.unreconciled { color: var(--block) }
        .verdict p .en { display: block }
        .tally { display: flex; flex-wrap: wrap; gap: .2rem 1.6rem; list-style: none; margin: .6rem 0 0; padding: 0 }
        .tally a { text-decoration: none; color: inherit } .tally a:hover { text-decoration: underline } .tally b { font-size: 1.15em }
        li.block b, .severity.block h3 { color: var(--block) } li.warn b, .severity.warn h3 { color: var(--warn) } li.note b, .severity.note h3 { color: var(--note) }
        table { width: 100%; border-collapse: collapse; margin: 0 0 1.4rem; font-variant-numeric: tabular-nums }
        caption { text-align: left; font-weight: 700; padding: .3rem 0 }
        th, td { padding: .35rem .5rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--rule); font-weight: 400 }
        thead th { border-bottom-color: var(--ink); line-height: 1.25; vertical-align: bottom } thead .en { display: block }
        tfoot th, tfoot td { border-bottom: 0; border-top: 1px solid var(--ink); font-weight: 700 }
        .counts td, .counts thead th + th, .timings td, .timings thead th + th { text-align: right }
        .good { color: var(--good); font-weight: 700 } .bad { color: var(--block) }
        .catalogue th[scope=row] { font-weight: 700 } .catalogue td:first-child { color: var(--soft) }
        .catalogue td:nth-child(5), .catalogue td:nth-child(6) { white-space: nowrap }
        .places { margin: .4rem 0; padding-left: 1.2rem }
        .place > * { margin-right: .6em } .place > span { color: var(--soft); display: inline-block }
        details { border: 1px solid var(--rule); margin: .5rem 0; background: var(--paper) }
        summary { padding: .5rem .8rem; cursor: pointer; background: var(--wash) } summary b { margin-left: .4rem }
        summary:focus-visible, a:focus-visible { outline: 2px solid currentColor; outline-offset: 2px }
        code { font: .92em "DejaVu Sans Mono", Menlo, Consolas, monospace }
        .findings { list-style: none; margin: 0; padding: 0 .8rem }
        .findings li { display: flex; gap: 1rem; padding: .7rem 0; border-top: 1px solid var(--rule) }
        .findings li:first-child { border-top: 0 } .findings li > div { flex: 1; min-width: 0 }
        .findings img { width: 5.5rem; align-self: flex-start; flex: none }
        .remedy b { margin-right: .3rem } details > .remedy { padding: .6rem .8rem 0 }
        img { display: block; height: auto; border: 1px solid var(--rule) }
        .gallery { list-style: none; margin: 0; padding: .8rem; display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr)) }
        .gallery img { width: 100%; margin-bottom: .4rem } .gallery p { font-size: .87rem; line-height: 1.45 }
        footer { margin-top: 3rem; padding-top: .8rem; border-top: 2px solid var(--ink); font-size: .87rem; color: var(--soft) }
        footer dl { margin: 0 0 .6rem } footer dl div { display: grid; grid-template-columns: 10rem 1fr; gap: .6rem } footer dd { color: var(--ink) }
        @media (max-width: 40rem) {
          html { font-size: 14px } body { padding: 1.2rem .9rem 2rem } h1 { font-size: 1.6rem }
          th, td { padding: .35rem .25rem } .counts thead .en { font-size: .68em; hyphens: manual }
          .catalogue thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden }
          .catalogue, .catalogue tbody, .catalogue caption { display: block }
          .catalogue tr { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: .5rem 0 .5rem 2rem; position: relative; border-bottom: 1px solid var(--rule) }
          .catalogue tr > * { border: 0; padding: 0 } .catalogue td:empty { display: none } .catalogue tr > th { flex: 0 0 100% }
          .catalogue td:first-child { position: absolute; left: 0 }
          .catalogue td[data-name]::before { content: attr(data-name) " "; color: var(--soft); font-size: .8em }
          .gallery { grid-template-columns: repeat(2, 1fr) } footer dl div { grid-template-columns: 1fr; gap: 0 } footer dd { margin-bottom: .4rem }
        }
        @page { size: A4; margin: 16mm 15mm }
        @media print {
          html { font-size: 9.5pt } body { max-width: none; padding: 0 } h2 { margin-top: 1.6rem }
          h1, h2, h3, caption, summary { break-after: avoid } tr, .findings li, .gallery li, .verdict { break-inside: avoid }
          thead { display: table-header-group } tfoot { display: table-row-group }
          details { border: 0; border-top: 1px solid var(--rule) } details::details-content { content-visibility: visible; block-size: auto }
          summary { list-style: none; background: none; padding-left: 0 } .findings, .gallery, details > .remedy { padding-left: 0; padding-right: 0 }
          .verdict { print-color-adjust: exact } .gallery { grid-template-columns: repeat(5, 1fr) } .findings img { width: 20mm }
          .findings li { padding: .35rem 0 } .severity.note .findings li { padding: .1rem 0 } .severity.note .findings img { display: none }
          .severity.note .findings p { display: inline; margin-right: .6em }
        }

        """
}
