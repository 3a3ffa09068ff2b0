namespace AcodeOps.Reports;

/// <summary>How a report looks: on a bright and on a dark screen, on a telephone, and on A4.</summary>
internal static class HtmlStyle
{
    // Without <, > and &, which an XML writer would turn into entities that no style sheet knows.
    public const string Text = """

        :root { --page: #f4f5f7; --card: #ffffff; --ink: #1b2430; --soft: #5c6875; --line: #e1e5ea; --track: #edf0f3; --accent: #2f6fb3;
          --good: #1a7f4b; --good-bg: #e5f4ec; --mind: #96600a; --mind-bg: #fcf1db; --bad: #b3261e; --bad-bg: #fbe9e7; --dim: #55606d; --dim-bg: #eaedf1; }
        @media (prefers-color-scheme: dark) { :root { --page: #12161c; --card: #1a2029; --ink: #e6eaf0; --soft: #9aa6b4; --line: #2c3541; --track: #252d38; --accent: #6ea8e6;
          --good: #6fd3a0; --good-bg: #143324; --mind: #f0bd61; --mind-bg: #3a2c10; --bad: #ff9a8f; --bad-bg: #431c19; --dim: #b1bcc9; --dim-bg: #2a323d; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
        main { max-width: 1040px; margin: 0 auto; padding: 40px 24px 56px; }
        header, section, details { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 22px 26px; margin: 0 0 18px; }
        header { border-left: 8px solid var(--dim); padding: 30px 32px; }
        header.Healthy { border-left-color: var(--good); } header.Degraded { border-left-color: var(--mind); } header.Failed { border-left-color: var(--bad); }
        p { margin: 0; }
        h1 { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 14px; margin: 0 0 14px; font-size: 30px; line-height: 1.2; font-weight: 650; letter-spacing: -0.015em; }
        h1 .badge { font-size: 13px; letter-spacing: 0; padding: 3px 12px; }
        h2 { margin: 0 0 14px; font-size: 17px; line-height: 1.3; font-weight: 650; }
        .kicker { margin: 0 0 10px; color: var(--soft); font-size: 13px; letter-spacing: 0.02em; }
        .summary { font-size: 17px; max-width: 80ch; overflow-wrap: anywhere; }
        .badge { display: inline-block; padding: 1px 10px; border-radius: 999px; font-size: 12.5px; font-weight: 600; color: var(--dim); background: var(--dim-bg); }
        .badge.Healthy, .badge.Passed { color: var(--good); background: var(--good-bg); } .badge.Degraded { color: var(--mind); background: var(--mind-bg); }
        .badge.Failed, .badge.Refused { color: var(--bad); background: var(--bad-bg); }
        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(165px, 1fr)); gap: 14px; padding: 0; border: 0; background: none; }
        .figure { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 16px 18px; }
        .label { color: var(--soft); font-size: 13px; } .hint { color: var(--soft); font-size: 12.5px; line-height: 1.35; overflow-wrap: anywhere; }
        .value { margin: 4px 0 6px; font-size: 25px; line-height: 1.2; font-weight: 650; font-variant-numeric: tabular-nums; letter-spacing: -0.01em; white-space: nowrap; }
        .value.words { font-size: 19px; line-height: 30px; color: var(--soft); }
        .notice { border-left: 5px solid var(--accent); padding: 16px 22px; overflow-wrap: anywhere; } .notice h2 { margin: 0 0 4px; font-size: 15px; }
        .notice.Failed { border-left-color: var(--bad); } .notice.Degraded { border-left-color: var(--mind); }
        dl { margin: 0; display: grid; grid-template-columns: repeat(auto-fit, minmax(280px, 1fr)); gap: 12px 32px; }
        dt { color: var(--soft); font-size: 13px; } dd { margin: 0; overflow-wrap: anywhere; }
        .chart svg { display: block; width: 100%; height: auto; } .chart svg.narrow { display: none; } .chart text { font-family: inherit; }
        .chart .note { margin-top: 8px; color: var(--soft); font-size: 13px; overflow-wrap: anywhere; }
        table { width: 100%; border-collapse: collapse; font-size: 14px; }
        th { text-align: left; color: var(--soft); font-size: 13px; font-weight: 500; padding: 0 14px 8px 0; border-bottom: 1px solid var(--line); white-space: nowrap; }
        td { padding: 8px 14px 8px 0; border-bottom: 1px solid var(--line); vertical-align: top; min-width: 6em; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
        td.tight { min-width: 0; white-space: nowrap; overflow-wrap: break-word; } tr.minor td { color: var(--soft); padding-top: 4px; padding-bottom: 4px; } tr:last-child td { border-bottom: 0; padding-bottom: 0; }
        details { padding: 14px 26px; margin: 0 0 10px; } summary { cursor: pointer; font-weight: 600; overflow-wrap: anywhere; } .count { margin-left: 10px; color: var(--soft); font-weight: 400; }
        ul { margin: 12px 0 4px; padding: 0 0 0 18px; font: 12.5px/1.6 ui-monospace, "SF Mono", Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
        footer { margin: 26px 4px 0; color: var(--soft); font-size: 13px; }
        @media (max-width: 640px) { main { padding: 16px 12px 32px; } header { padding: 22px 20px; } h1 { font-size: 24px; } section { overflow-x: auto; padding: 18px; } .chart svg.wide { display: none; } .chart svg.narrow { display: block; }
          table, tbody, tr, td { display: block; } thead { display: none; } tr { padding: 10px 0; border-bottom: 1px solid var(--line); } tr:last-child { border-bottom: 0; }
          td, td.tight { border: 0; padding: 2px 0; min-width: 0; white-space: normal; } td:empty { display: none; } td[data-title]::before { content: attr(data-title) "\00a0\00a0"; color: var(--soft); font-size: 12.5px; } }
        @page { size: A4; margin: 14mm; }
        @media print { :root { --page: #ffffff; --card: #ffffff; --ink: #111820; --soft: #4a5560; --line: #d5dae0; --track: #edf0f3; --accent: #2f6fb3;
          --good: #1a7f4b; --good-bg: #e5f4ec; --mind: #96600a; --mind-bg: #fcf1db; --bad: #b3261e; --bad-bg: #fbe9e7; --dim: #55606d; --dim-bg: #eaedf1; }
          body { font-size: 10.5pt; } main { max-width: none; padding: 0; } header, .figure, .notice, .chart, tr, dl div { break-inside: avoid; } .chart svg.wide { display: block; } .chart svg.narrow { display: none; } td.tight { white-space: normal; } h2 { break-after: avoid; }
          section, details { padding: 14px 18px; overflow-x: visible; } .figures { grid-template-columns: repeat(5, 1fr); gap: 8px; padding: 0; } .figure { padding: 10px 12px; } .value { font-size: 15pt; } .value.words { font-size: 12pt; }
          details::details-content { content-visibility: visible; block-size: auto; } }

        """;
}
