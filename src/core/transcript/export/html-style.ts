/** The look of an exported page: paper and ink, light and dark, and everything unfolded in print. */
export const HTML_STYLE = `
:root{color-scheme:light dark;--paper:light-dark(#faf8f2,#12110e);--sunk:light-dark(#f2eee3,#1d1b17);--ink:light-dark(#1b1915,#ece6d8);--soft:light-dark(#57524a,#b5ae9f);--line:light-dark(#ddd6c6,#34312a);--in:light-dark(#2f6142,#8fc9a3);--out:light-dark(#8f1d24,#f0907f);--human:light-dark(#1f5480,#8fbde6);--assistant:light-dark(#2f6142,#8fc9a3)}
body{margin:0 auto;max-width:80ch;padding:24px;background:var(--paper);color:var(--ink);font:15px/1.6 system-ui,sans-serif}
h1{font:500 1.75rem/1.2 Georgia,serif;margin:0}
article{border-top:1px solid var(--line);padding:16px 0}
article header{display:flex;gap:12px;align-items:baseline}
h2{font-size:1rem;margin:0}
.user h2{color:var(--human)}.assistant h2{color:var(--assistant)}
time,.record,.note,summary,figcaption{color:var(--soft);font-size:.8125rem}
.record{margin:0}
.prose{white-space:pre-wrap;overflow-wrap:anywhere;margin:8px 0}
pre{background:var(--sunk);padding:8px 12px;margin:8px 0;overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere;font:.8125rem/1.5 ui-monospace,monospace}
summary{cursor:pointer;padding:4px 0;overflow-wrap:anywhere}summary b{color:var(--ink)}
.diff .in{color:var(--in)}.diff .out{color:var(--out)}
.error,.failed{color:var(--out)}
img{max-width:100%}
.bold{font-weight:700}.faint{opacity:.75}.italic{font-style:italic}.underline{text-decoration:underline}
.c1{color:var(--out)}.c2{color:var(--in)}.c3{color:light-dark(#7a5a00,#dfc060)}.c4{color:var(--human)}.c5{color:light-dark(#6a4a86,#c3a5e0)}.c6{color:light-dark(#0b6a72,#6fcbd3)}.c0,.c7{color:var(--soft)}
@media print{body{max-width:none;padding:0}details::details-content{content-visibility:visible;block-size:auto}article{break-inside:auto}}
`;
