package dev.netkb.api.render;

import dev.netkb.api.render.TextPage.Ink;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.RuleProblem.Level;
import dev.netkb.api.rules.RuleProblem.Spot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is wrong with folders of rules: for people as a compiler does it, with the line and a caret below it; for
 * programs as JSON; for editors and build servers as SARIF. Deterministic and thread-safe.
 */
public final class RuleProblemRenderer {

    /** The schema of the JSON document. */
    public static final String SCHEMA = "netkb/rule-problems/1";

    /** Where the schema of the JSON document is found in the jar. */
    public static final String SCHEMA_RESOURCE = "netkb/schema/rule-problems-1.schema.json";

    /** Where the pages of the codes are, from the root of the project. */
    private static final String PAGES = "docs/errors/";

    private static final String MARGIN = "  ";

    /** Of a longer line a part is shown. */
    private static final int LONGEST_LINE = 160;

    private static final String CUT = "…";

    private final TextStyle style;

    public RuleProblemRenderer(TextStyle style) {
        this.style = style;
    }

    /** One paragraph for each problem, and how many there are. */
    public void text(List<RuleProblem> problems, Appendable out) throws IOException {
        TextPage page = new TextPage(style);
        for (RuleProblem problem : problems) {
            one(problem, page);
            page.blank();
        }
        page.line(Words.count(count(problems, Level.ERROR), "error") + ", "
                + Words.count(count(problems, Level.WARNING), "warning")
                + (count(problems, Level.NOTICE) == 0
                        ? ""
                        : ", " + Words.count(count(problems, Level.NOTICE), "notice")));
        out.append(page.toString());
    }

    private static int count(List<RuleProblem> problems, Level level) {
        return (int)
                problems.stream().filter(problem -> problem.level() == level).count();
    }

    private static void one(RuleProblem problem, TextPage page) {
        String place = problem.at().text();
        Ink ink = ink(problem.level());
        String level = word(problem.level());
        page.headed(
                page.ink(Ink.HEADING, place + ":") + " " + page.ink(ink, level) + " "
                        + page.ink(Ink.QUIET, problem.code()),
                place.length() + 1 + 1 + level.length() + 1 + problem.code().length(),
                MARGIN + MARGIN,
                problem.rule() == null ? "" : problem.rule());
        page.words(Ink.PLAIN, MARGIN, problem.message());
        if (problem.excerpt() != null) {
            excerpt(problem.excerpt(), problem.at(), ink, page);
        }
        page.words(Ink.PLAIN, MARGIN + "Way out: ", MARGIN + "         ", problem.hint());
    }

    /**
     * The line as it stands in the file, tabs as single blanks so that the caret stands below what is meant. Of a line that is
     * very long, such as JSON without line breaks, the part around the column.
     */
    private static void excerpt(String line, Spot at, Ink ink, TextPage page) {
        boolean numbered = at.line() > 0 && at.cell() == null;
        String number = numbered ? Integer.toString(at.line()) : "";
        String before = MARGIN + MARGIN + (numbered ? number + " | " : "");
        String shown = line.replace('\t', ' ').stripTrailing();
        int column = at.cell() == null && at.column() <= shown.length() + 1 ? at.column() : 0;
        int begin = whole(shown, Math.max(0, Math.min(column - LONGEST_LINE / 2, shown.length() - LONGEST_LINE)));
        int end = whole(shown, Math.min(shown.length(), begin + LONGEST_LINE));
        String cut = begin > 0 ? CUT : "";
        page.line(before + page.ink(Ink.PLAIN, cut + shown.substring(begin, end) + (end < shown.length() ? CUT : "")));
        if (column > 0) {
            int length = Math.max(1, Math.min(at.length(), end - column + 1));
            // Characters that are printed as an escape take more columns than they are long.
            int shift = cut.length()
                    + Printable.of(shown.substring(begin, column - 1)).length();
            page.line(" ".repeat(MARGIN.length() * 2 + number.length())
                    + (numbered ? " | " : "")
                    + " ".repeat(shift)
                    + page.ink(ink, "^".repeat(length)));
        }
    }

    /** Where a text may be cut at a place, or else just before it. */
    private static int whole(String text, int at) {
        boolean within = at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at));
        return within ? at - 1 : at;
    }

    private static Ink ink(Level level) {
        return switch (level) {
            case ERROR -> Ink.ERROR;
            case WARNING -> Ink.WARNING;
            case NOTICE -> Ink.INFO;
        };
    }

    private static String word(Level level) {
        return level.name().toLowerCase(Locale.ROOT);
    }

    /** A JSON document of schema {@value #SCHEMA}. */
    public void json(List<RuleProblem> problems, Appendable out) throws IOException {
        try (JsonText json = JsonText.to(out)) {
            json.object()
                    .field("schema", SCHEMA)
                    .object("summary")
                    .field("errors", count(problems, Level.ERROR))
                    .field("warnings", count(problems, Level.WARNING))
                    .field("notices", count(problems, Level.NOTICE))
                    .endObject()
                    .array("problems");
            for (RuleProblem problem : problems) {
                json.object();
                fields(problem, json);
                json.endObject();
            }
            json.endArray().endObject().end();
        }
    }

    private static void fields(RuleProblem problem, JsonText json) throws IOException {
        Spot at = problem.at();
        json.field("code", problem.code())
                .field("level", word(problem.level()))
                .field("file", at.file())
                .field("line", positive(at.line()))
                .field("column", positive(at.column()))
                .field("length", positive(at.length()))
                .field("cell", at.cell())
                .field("rule", problem.rule())
                .field("message", problem.message())
                .field("excerpt", problem.excerpt())
                .field("hint", problem.hint());
    }

    private static @Nullable Integer positive(int number) {
        return number > 0 ? number : null;
    }

    /**
     * A SARIF 2.1.0 log. Files below {@code root} have relative names in it, so that a viewer finds them wherever it has the
     * same folder open.
     *
     * @param toolVersion what the log says of the tool
     * @param root an absolute path
     */
    public void sarif(List<RuleProblem> problems, String toolVersion, Path root, Appendable out) throws IOException {
        Map<String, SarifLog.Rule> rules = new TreeMap<>();
        problems.forEach(problem -> rules.computeIfAbsent(
                problem.code(),
                code -> new SarifLog.Rule(
                        code,
                        null,
                        null,
                        null,
                        problem.hint() + " The page of the code is " + PAGES + code + ".md.",
                        null,
                        null,
                        sarifLevel(problem.level()),
                        List.of())));
        new SarifLog(
                        toolVersion,
                        List.copyOf(rules.values()),
                        null,
                        problems.stream().map(problem -> entry(problem, root)).toList())
                .write(out);
    }

    private static SarifLog.Level sarifLevel(Level level) {
        return switch (level) {
            case ERROR -> SarifLog.Level.ERROR;
            case WARNING -> SarifLog.Level.WARNING;
            case NOTICE -> SarifLog.Level.NOTE;
        };
    }

    private static SarifLog.Entry entry(RuleProblem problem, Path root) {
        return new SarifLog.Entry(
                problem.code(),
                SarifLog.Kind.FAIL,
                sarifLevel(problem.level()),
                (problem.rule() == null ? "" : problem.rule() + ": ") + Words.sentence(problem.message()) + " "
                        + problem.hint(),
                null,
                location(problem, root),
                List.of(),
                null,
                List.of(),
                List.of(),
                Map.of("hint", problem.hint()));
    }

    private static SarifLog.Location location(RuleProblem problem, Path root) {
        Spot at = problem.at();
        String uri = SarifLog.uri(at.file(), root);
        // In a table columns count cells, which is no place in a text.
        return at.cell() == null
                ? new SarifLog.Location(uri, at.line(), at.column(), at.length(), problem.excerpt(), null, null)
                : new SarifLog.Location(
                        uri, at.line(), 0, 0, null, new SarifLog.Logical(at.cell(), null, "cell"), null);
    }
}
