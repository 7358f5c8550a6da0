package dev.netkb.html;

import java.util.stream.Stream;

/** Names that try to be more than a text in a page. Each calls {@code evil()} or asks evil.example where it succeeds. */
final class HostileWords {

    private HostileWords() {}

    static Stream<String> all() {
        return Stream.of(
                "<script>evil()</script>",
                "\"><img src=x onerror=evil()>",
                "'><svg onload=evil()>",
                "javascript:evil()",
                " \u0001javascript:evil()",
                "java\tscript:evil()",
                "data:text/html,<script>evil()</script>",
                "https://evil.example/\"onmouseover=\"evil()",
                "https://evil.example/ onfocus=evil() autofocus",
                "//evil.example/x.js",
                "</style><style>*{background:url(https://evil.example/a)}</style>",
                "</script><script>evil()</script>",
                "</title><script>evil()</script>",
                "</template></details></main></body></html><script>evil()</script>",
                "<!--<script>evil()</script>-->",
                "]]><script>evil()</script>",
                "<iframe srcdoc='<script>evil()</script>'>",
                "<meta http-equiv=refresh content='0;url=https://evil.example'>",
                "<base href=https://evil.example/>",
                "<form action=https://evil.example><input name=a autofocus onfocus=evil()>",
                "<link rel=stylesheet href=https://evil.example/a.css>",
                "<math><mi xlink:href=javascript:evil()>",
                "&lt;script&gt;evil()&lt;/script&gt; &#60;b&#62;",
                "${evil()} {{evil()}} <%= evil() %> @if(true) $unsafe{evil()}",
                "`${evil()}`",
                "a\u202egnp.exe\u2066 \u200bb\ufeff",
                "a\u2028b\u2029c\u0085d",
                "a\u0000b\u0001\u0008\u001b[2J\u007f",
                "\ud800 \udfff \uffff \ufffe",
                "line\nline\r\nline\ttab",
                "\ud83d\ude00 \u00fc\u00df \u05e9\u05dc\u05d5\u05dd",
                "x".repeat(40_000),
                "a/".repeat(3_000));
    }
}
