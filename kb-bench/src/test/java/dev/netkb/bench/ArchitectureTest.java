package dev.netkb.bench;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.TreeSet;

/** The arrows between modules and packages. It lives here because only this module sees all others. */
@AnalyzeClasses(packages = "dev.netkb", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    /** Raise it as the project grows: a test that sees too little proves nothing. */
    private static final int FEWEST_CLASSES = 15;

    private static final String[] ENGINE = {"org.drools..", "org.kie..", "org.mvel2.."};

    @ArchTest
    static void seesEveryModule(JavaClasses all) {
        assertThat(all).hasSizeGreaterThanOrEqualTo(FEWEST_CLASSES);

        Set<String> modules = new TreeSet<>();
        for (JavaClass each : all) {
            String belowRoot = each.getPackageName().substring("dev.netkb.".length());
            modules.add(belowRoot.replaceFirst("\\..*", ""));
        }
        assertThat(modules).contains("api", "bench", "cli", "html", "model", "samples", "spark", "test");
    }

    @ArchTest
    static final ArchRule modelUsesNothingButSmallLibraries = classes()
            .that()
            .resideInAPackage("dev.netkb.model..")
            .should()
            .onlyDependOnClassesThat(
                    resideInAnyPackage("dev.netkb.model..", "java..", "org.jspecify..", "inet.ipaddr.."));

    @ArchTest
    static final ArchRule apiUsesOnlyTheModel = noClasses()
            .that()
            .resideInAPackage("dev.netkb.api..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.netkb..")
                    .and(not(resideInAnyPackage("dev.netkb.api..", "dev.netkb.model.."))));

    @ArchTest
    static final ArchRule testSupportUsesOnlyTheApi = noClasses()
            .that()
            .resideInAPackage("dev.netkb.test..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.netkb.cli..", "dev.netkb.samples..", "dev.netkb.bench..");

    @ArchTest
    static final ArchRule pagesUseOnlyTheApiAndTheModel = noClasses()
            .that()
            .resideInAPackage("dev.netkb.html..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.netkb..")
                    .and(not(resideInAnyPackage("dev.netkb.html..", "dev.netkb.api.render..", "dev.netkb.model.."))));

    @ArchTest
    static final ArchRule onlyTheCommandLineNeedsPages = noClasses()
            .that()
            .resideOutsideOfPackages("dev.netkb.html..", "dev.netkb.cli..", "dev.netkb.bench..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.netkb.html..");

    @ArchTest
    static final ArchRule onlyPagesAreTemplates = noClasses()
            .that()
            .resideOutsideOfPackage("dev.netkb.html..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("gg.jte..");

    @ArchTest
    static final ArchRule commandLineAndSamplesUseOnlyTheApi = noClasses()
            .that()
            .resideInAnyPackage("dev.netkb.cli..", "dev.netkb.samples..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.netkb.bench..", "dev.netkb.api.internal..");

    @ArchTest
    static final ArchRule onlyRuleEditorsRunExamples = noClasses()
            .that()
            .resideInAnyPackage("dev.netkb.cli..", "dev.netkb.samples..")
            .and()
            .haveSimpleNameNotStartingWith("Rules")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.netkb.test..")
            .because("rules test and rules lint run the examples of a folder; nothing else of the product is a test");

    @ArchTest
    static final ArchRule examplesRunWithoutJUnit = noClasses()
            .that()
            .resideInAPackage("dev.netkb.test..")
            .and()
            .doNotHaveSimpleName("RuleExamples")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.junit..")
            .because("the command line runs examples and does not bring JUnit along");

    @ArchTest
    static final ArchRule commandLineAndSamplesAreApart = slices().matching("dev.netkb.(cli|samples)..")
            .should()
            .notDependOnEachOther()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule sparkUsesOnlyTheApi = noClasses()
            .that()
            .resideInAPackage("dev.netkb.spark..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.netkb..")
                    .and(not(resideInAnyPackage("dev.netkb.spark..", "dev.netkb.api..", "dev.netkb.model.."))
                            .or(resideInAPackage("dev.netkb.api.internal.."))));

    @ArchTest
    static final ArchRule onlyOneModuleKnowsSpark = noClasses()
            .that()
            .resideOutsideOfPackage("dev.netkb.spark..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.netkb.spark..", "org.apache.spark..", "org.apache.hadoop..", "scala..")
            .because("Spark must not reach the command line");

    @ArchTest
    static final ArchRule onePackageKnowsTheEngine = noClasses()
            .that()
            .resideOutsideOfPackage("dev.netkb.api.internal.drools..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ENGINE);

    @ArchTest
    static final ArchRule modulesHaveNoCycles =
            slices().matching("dev.netkb.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule modelHasNoCycles =
            slices().matching("dev.netkb.model.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule readersDoNotKnowWhereFilesComeFrom = noClasses()
            .that()
            .resideInAPackage("dev.netkb.api..")
            .and()
            .resideOutsideOfPackage("dev.netkb.api.read.file..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.netkb.api.read.file..");

    @ArchTest
    static final ArchRule filesAreFoundWithoutKnowingWhatTheyHold = classes()
            .that()
            .resideInAPackage("dev.netkb.api.read.file..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "dev.netkb.api.read",
                    "dev.netkb.api.read.file..",
                    "dev.netkb.api.read.json..",
                    "dev.netkb.model..",
                    "java..",
                    "org.apache.commons.compress..",
                    "org.jspecify.."));

    @ArchTest
    static final ArchRule onlyArchivesAndWorkbooksAreUnpacked = noClasses()
            .that()
            .resideOutsideOfPackages("dev.netkb.api.read.file..", "dev.netkb.api.internal.table..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.commons.compress..");

    @ArchTest
    static final ArchRule libraryHasNoCycles =
            slices().matching("dev.netkb.api.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule libraryDoesNotPrint = noClasses()
            .that()
            .resideInAnyPackage("dev.netkb.model..", "dev.netkb.api..")
            .should(ACCESS_STANDARD_STREAMS)
            .because("the caller owns standard output and standard error");

    @ArchTest
    static final ArchRule namesSaySomething = noClasses()
            .should()
            .haveNameMatching(".*(Manager|Helper|Util|Utils)$")
            .because("such a name does not say what the class is");
}
