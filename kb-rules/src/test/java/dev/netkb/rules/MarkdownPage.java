package dev.netkb.rules;

import java.util.List;

/** A page of Markdown: blocks with an empty line between them. */
final class MarkdownPage {

    private static final String MADE = "<!-- Made by RulePagesTest; docs/rules/README.md says how. -->";

    private final StringBuilder text = new StringBuilder();

    MarkdownPage(String title) {
        text.append(MADE).append("\n");
        block("# " + escaped(title));
    }

    /** Text as it is to be read: what Markdown would take for marks is escaped. */
    static String escaped(String plain) {
        return plain.replaceAll("([\\\\`*<>|\\[\\]])", "\\\\$1");
    }

    private MarkdownPage block(String markdown) {
        text.append('\n').append(markdown.strip()).append('\n');
        return this;
    }

    MarkdownPage heading(String plain) {
        return block("## " + escaped(plain));
    }

    MarkdownPage text(String plain) {
        return block(escaped(plain));
    }

    MarkdownPage markdown(String markdown) {
        return block(markdown);
    }

    /** Each item is Markdown. */
    MarkdownPage list(List<String> items) {
        return block("- " + String.join("\n- ", items));
    }

    MarkdownPage code(String language, List<String> lines) {
        return block("```" + language + "\n" + String.join("\n", lines) + "\n```");
    }

    /** Each cell is Markdown. */
    MarkdownPage table(List<String> heads, List<List<String>> rows) {
        StringBuilder table = new StringBuilder(line(heads))
                .append("|---".repeat(heads.size()))
                .append("|\n");
        rows.forEach(row -> table.append(line(row)));
        return block(table.toString());
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
