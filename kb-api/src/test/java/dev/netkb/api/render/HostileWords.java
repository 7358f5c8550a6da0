package dev.netkb.api.render;

import java.util.stream.Stream;

/** Texts that try to be more than a text in one format or another. */
final class HostileWords {

    private HostileWords() {}

    static Stream<String> all() {
        return Stream.of(
                "=cmd|'/c calc'!A0",
                "+1+1",
                "-2+3",
                "@SUM(1)",
                " \t=1",
                "\"=1\"",
                "a;=HYPERLINK(\"https://evil.example\")",
                "\uFF1D1",
                "a\r\n=1,\"b\"",
                "<script>alert(1)</script>",
                "</code></details><img src=x onerror=alert(1)>",
                "&lt;b&gt; &#60;i&#62;",
                "]]><evil/><![CDATA[",
                "--><!--",
                "<?xml version=\"1.1\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>",
                "@octocat and @org/team",
                "#1 GH-1 org/repo#2",
                "https://evil.example www.evil.example me@evil.example ftp://evil.example",
                "[a](https://evil.example) ![b](https://evil.example/c.png)",
                "`` ` ``` ~~~",
                "| a | b |\n|---|---|",
                "# head\n\n- list\n1. list\n> quote\n\n---\n",
                "**bold** __bold__ ~~gone~~ $x$ :tada:",
                "\u0000\u0001\u0008\u001b[2J\u007f\u0085\u2028\u202e",
                "\ud800 \udfff \ufffe \uffff \ufeff",
                "\ud83d\ude00 \u00fc\u00df",
                "x".repeat(40_000));
    }
}
