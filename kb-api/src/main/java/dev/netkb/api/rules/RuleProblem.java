package dev.netkb.api.rules;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Something in a folder of rules that cannot stay as it is, or should not.
 *
 * @param code its page in the documentation, such as {@code KB-E310}
 * @param level an {@code ERROR} keeps the folder from being loaded
 * @param at where it stands
 * @param rule the name of the rule, or the id of the row; null where it is in neither
 * @param message what is wrong, with the value, in words that need no knowledge of Java
 * @param excerpt the offending line of the source; null where there is none to show
 * @param hint what to do
 */
public record RuleProblem(
        String code,
        Level level,
        Spot at,
        @Nullable String rule,
        String message,
        @Nullable String excerpt,
        String hint) {

    /** By file, then place, then code: the order in which an editor goes through them. */
    public static final Comparator<RuleProblem> ORDER = Comparator.comparing(
                    (RuleProblem problem) -> problem.at().file())
            .thenComparing(problem -> problem.at().line())
            .thenComparing(problem -> problem.at().column())
            .thenComparing(RuleProblem::code)
            .thenComparing(RuleProblem::message);

    /** How bad a problem is for the folder. */
    public enum Level {
        ERROR,
        WARNING,
        NOTICE
    }

    /**
     * A place in a folder of rules.
     *
     * @param file relative to the folder, with {@code /}; the folder itself where the problem is of no file
     * @param line,column from 1; 0 where there is none. In a table they count rows and columns of cells
     * @param cell sheet and cell of a table as a spreadsheet names them, such as {@code Flows!C7}, or {@code C7} in a CSV
     *     file; null outside of tables
     * @param length how many characters of the line are meant; 0 where it is the whole line
     */
    public record Spot(
            String file, int line, int column, @Nullable String cell, int length) {

        public static Spot of(String file) {
            return new Spot(file, 0, 0, null, 0);
        }

        public static Spot of(String file, int line, int column, int length) {
            return new Spot(file, line, column, null, length);
        }

        public static Spot ofCell(String file, String cell, int row, int column) {
            return new Spot(file, row, column, cell, 0);
        }

        /** Such as {@code rules.drl:12:5}, {@code requirements.csv, cell C7} or {@code pack.yaml}. */
        public String text() {
            if (cell != null) {
                return file + ", cell " + cell;
            }
            return line == 0 ? file : column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
        }
    }

    /** The same problem, said of a file as a user names it from where he stands: {@code folder/file}. */
    public RuleProblem in(String folder) {
        String file = at.file().isEmpty() || at.file().equals(folder) ? folder : folder + "/" + at.file();
        return new RuleProblem(
                code,
                level,
                new Spot(file, at.line(), at.column(), at.cell(), at.length()),
                rule,
                message,
                excerpt,
                hint);
    }

    /** The same problem, said of a rule; of none where the id is null. */
    public RuleProblem about(@Nullable String id) {
        return new RuleProblem(code, level, at, id, message, excerpt, hint);
    }

    public boolean isError() {
        return level == Level.ERROR;
    }
}
