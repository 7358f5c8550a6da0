package dev.netkb.api.edit;

import dev.netkb.api.KnowledgeBase;
import dev.netkb.api.internal.drools.DroolsKnowledgeBase;
import dev.netkb.api.internal.pack.FlowRow;
import dev.netkb.api.internal.pack.TableWriter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Writes the requirement rows that a knowledge base holds as a table: of the packaged rules, with what folders of rules change.
 * A folder that has this table demands the same. What a {@code pack.yaml} switches off for some locations only is not in it.
 */
public final class RequirementTables {

    private RequirementTables() {}

    /** The ids that have rows. */
    public static Set<String> ids(KnowledgeBase rules) {
        return rows(rules, Set.of()).stream().map(FlowRow::id).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * As text. No cell of it is a formula to a spreadsheet.
     *
     * @param ids the ids whose rows are wanted; empty for all
     * @param separator a comma, a semicolon or a tab
     */
    public static String csv(KnowledgeBase rules, Set<String> ids, char separator) {
        if (",;\t".indexOf(separator) < 0) {
            throw new IllegalArgumentException(
                    "'" + separator + "' is no separator: use a comma, a semicolon or a tab");
        }
        return TableWriter.csv(rows(rules, ids), separator);
    }

    /**
     * As a workbook (.xlsx) of one sheet.
     *
     * @param ids the ids whose rows are wanted; empty for all
     */
    public static byte[] xlsx(KnowledgeBase rules, Set<String> ids) {
        return TableWriter.xlsx(rows(rules, ids));
    }

    private static List<FlowRow> rows(KnowledgeBase rules, Set<String> ids) {
        if (!(rules instanceof DroolsKnowledgeBase known)) {
            throw new IllegalArgumentException("only a knowledge base that this library loaded has tables");
        }
        return known.flows().stream()
                .filter(row -> ids.isEmpty() || ids.contains(row.id()))
                .toList();
    }
}
