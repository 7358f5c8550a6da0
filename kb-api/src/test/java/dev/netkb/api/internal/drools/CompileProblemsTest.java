package dev.netkb.api.internal.drools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.netkb.api.rules.RuleProblem;
import dev.netkb.api.rules.Trust;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rule editors read of a rule that does not compile. */
class CompileProblemsTest {

    private static final String GOOD = "insert( Finding.violated( $a, \"x\" ) );";

    private final RuleCompiler compiler =
            new RuleCompiler(CompileProblemsTest.class.getClassLoader(), Trust.FULL, null);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            NsgRule( prioritie < 100 )                 | 14:14 | 'prioritie' is no field of the facts that are looked at here
            NsgRul( priority < 100 )                   | 14:5  | 'NsgRul' is no type of facts
            NsgRule( direction == Direction.INBOND )   | 14:37 | 'INBOND' is nothing that Direction has
            NsgRule( direction == "Inbound" )          | 10    | a value of the kind text is compared with one of the kind Direction
            NsgRule( priority == "abc" )               | 14:27 | 'abc' is no number
            NsgRule( nsgId == $s.nsgId )               | 14:14 | the condition 'nsgId == $s.nsgId' is not understood
            NsgRule( name.startWith("x") )             | 14:19 | 'startWith' is nothing that can be asked of the kind text
            NsgRule( priority < 100                    | 15:1  | 'then' is not expected here
            NsgRule( priority > )                      | 14:25 | ')' is not expected here
            accumulate( NsgRule(); $c : cont() )       | 14:33 | 'cont' is no function of accumulate
            eval( 1/0 == 1 )                           | 10    | the rule was compiled, and cannot be loaded
            NsgRule( $x, $y; )                         | 10    | the rule cannot be compiled, and the compiler does not say why
            """)
    void aConditionThatDoesNotCompile(String condition, String place, String message) {
        assertThat(told(rule(condition, GOOD))).isEqualTo("r.drl:" + place + " " + message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            insert( Finding.violated( $b, "x" ) );      | 16:31 | '$b' is not known here
            insert( Finding.violate( $a, "x" ) );       | 16:21 | 'violate' is nothing that Finding has
            insert( Finding.violated( 1, "x" ) );       | 16:21 | 'violated' was given (number, text), and takes (Applicable, text)
            insert( Finding.violated( $a, "x" ) )       | 16    | a ; or ) is missing before the end
            insert( Finding.violated( $a, "x" );        | 16:35 | ';' is not expected here
            insert( Finding.violated( $a, "x ) );       | 17:1  | the rule ends too early
            int x = "a"; insert( Finding.violated( $a, "x" ) ); | 16:5  | a value of the kind text stands where one of the kind number is needed
            insert( Finding.violated( $a, $a.located.location ) );  | 16:38 | 'located' needs parentheses where the rule acts
            """)
    void aConsequenceThatDoesNotCompile(String consequence, String place, String message) {
        assertThat(told(rule("NsgRule()", consequence))).isEqualTo("r.drl:" + place + " " + message);
    }

    private String told(String text) {
        List<RuleProblem> problems = new ArrayList<>();
        compiler.compile(List.of(new RuleText("r.drl", 9, List.of("OWN-1 x"), Set.of("OWN-1"), "", text)), problems);
        assertThat(problems).hasSize(1);
        RuleProblem problem = problems.get(0);
        assertThat(problem.rule()).isEqualTo("OWN-1 x");
        assertThat(problem.hint()).isNotBlank();
        return problem.at().text() + " " + problem.message();
    }

    private static String rule(String condition, String consequence) {
        return "package custom; import dev.netkb.model.azure.*; import dev.netkb.model.derived.*;\n"
                + "rule \"OWN-1 x\"\n@id(\"OWN-1\")\nwhen\n    $a : Applicable( rule == \"OWN-1\" )\n    " + condition
                + "\nthen\n    " + consequence + "\nend\n";
    }
}
