"""Sixty strings that would run, fetch, read or break if any part of the house took them for more than text.

`{canary}` is a file that must not be read, `{address}` a listener that must not be asked.
"""

STRINGS = (
    "<script>window.owned=1</script>", "<img src=x onerror=window.owned=1>", "<svg onload=window.owned=1>",
    "\"><script>window.owned=1</script>", "' onmouseover='window.owned=1", "</title><script>window.owned=1</script>",
    "</style><script>window.owned=1</script>", "</script><script>window.owned=1</script>", "<!--<script>window.owned=1",
    "<![CDATA[<script>window.owned=1</script>]]>", "<iframe src={address}/frame></iframe>",
    "<object data={address}/object></object>", "<embed src={address}/embed>",
    "<link rel=stylesheet href={address}/css>",
    "<meta http-equiv=refresh content=0;url={address}/refresh>", "<base href={address}/>",
    "<form action={address}/form>",
    "<a href=javascript:window.owned=1>x</a>", "<img src={address}/picture.png>", "<img src=file://{canary}>",
    "<style>@import url({address}/import)</style>", "<style>body{display:none}</style>", "<video src={address}/video>",
    "<audio src={address}/audio>", "<foreignObject><p>x</p></foreignObject>", "<use href={address}/use#a>",
    "<image href=file://{canary} />", "<!ENTITY x SYSTEM \"file://{canary}\">&x;", "&lt;script&gt;&#60;&amp;amp;",
    "javascript:window.owned=1", "data:text/html,<script>window.owned=1</script>", "{{7*7}}", "{% for x in [1] %}{{x}}",
    "{{ config.__class__.__mro__ }}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "#panic(\"stop\")", "#read(\"{canary}\")",
    "#include \"{canary}\"", "#image(\"{canary}\")", "#link(\"{address}\")[x]", "#eval(\"1+1\")", "$x^2$ and $$y$$",
    "\\input{{{canary}}}", "\\write18{touch owned}", "\\href{{{address}}}{{x}}", "*bold* _slanted_ `code`",
    "[link]({address}/markdown)", "![picture]({address}/markdown.png)", "::: {.finding}", "# heading {#id .class}",
    "@citation and [@other; @third]", "^[note] and [^1]", "<https://example.org>", "=1+1", "@SUM(A1:A9)",
    "+cmd|' /C calc'!A0", "\"; window.owned=1; //", "\\\" \\' \\\\ \\u003cscript\\u003e",
)


def strings(canary: str, address: str) -> tuple[str, ...]:
    """The strings with their file and their address."""
    return tuple(item.replace("{{{canary}}}", "{" + canary + "}").replace("{{{address}}}", "{" + address + "}")
                 .replace("{canary}", canary).replace("{address}", address) for item in STRINGS)
