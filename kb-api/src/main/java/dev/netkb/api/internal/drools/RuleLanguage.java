package dev.netkb.api.internal.drools;

import dev.netkb.api.internal.drools.language.CheckedRule;
import dev.netkb.api.internal.drools.language.KnownNames;
import dev.netkb.api.internal.drools.language.LanguageCheck;
import dev.netkb.api.internal.drools.language.PacedRule;
import dev.netkb.api.internal.pack.RuleFile;
import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.Trust;
import java.util.List;
import java.util.Optional;

/** What a rule of a folder may say: it is checked on its syntax tree before anything is compiled. */
final class RuleLanguage {

    private RuleLanguage() {}

    /**
     * What was found in files of rules.
     *
     * @param rules the rules, each by itself; of files with errors none
     */
    record Checked(List<RuleText> rules, List<RuleProblem> problems) {}

    /** @param files all of one folder: what has to be unique is so among them */
    static Checked check(List<RuleFile> files, Trust trust, KnownNames known) {
        LanguageCheck.Result result = LanguageCheck.check(files, trust, known);
        return new Checked(
                result.rules().stream()
                        .map(rule -> new RuleText(
                                rule.file(), rule.line(), rule.names(), rule.ids(), rule.preamble(), rule.text()))
                        .toList(),
                result.problems());
    }

    /** What is wrong with a text that passed at the restricted level, if the engine would read something else in it. */
    static Optional<RuleProblem> readOtherwise(RuleText text) {
        return LanguageCheck.readOtherwise(checked(text));
    }

    /** The text in which each condition that is combined with others asks {@link Pace} whether to go on. */
    static String paced(RuleText text) {
        return PacedRule.text(checked(text), Pace.CALL);
    }

    private static CheckedRule checked(RuleText text) {
        return new CheckedRule(text.file(), text.line(), text.names(), text.ids(), text.preamble(), text.text());
    }
}
