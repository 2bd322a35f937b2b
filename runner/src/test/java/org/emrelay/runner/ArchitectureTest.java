package org.emrelay.runner;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** Enforces the layers of the architecture, and which packages stay pure. */
@AnalyzeClasses(packages = "org.emrelay.runner", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** The layers, top to bottom: each may use only those below it. */
    private static final List<String> LAYERS = List.of(
            "cli",
            "service",
            "report",
            "forecast",
            "run",
            "export",
            "platform.local",
            "platform.emr",
            "platform.aws",
            "stream",
            "platform.python",
            "platform.file",
            "platform",
            "plan",
            "parse",
            "diagnosis",
            "finding",
            "eventlog",
            "profile",
            "model",
            "json");

    @ArchTest
    static final ArchRule layersPointDown = layers();

    private static ArchRule layers() {
        var layers = layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (String layer : LAYERS) {
            layers = layers.layer(layer).definedBy("..runner." + layer + (layer.equals("platform") ? "" : ".."));
        }
        layers = layers.whereLayer(LAYERS.get(0)).mayNotBeAccessedByAnyLayer();
        for (int i = 1; i < LAYERS.size(); i++) {
            layers = layers.whereLayer(LAYERS.get(i))
                    .mayOnlyBeAccessedByLayers(LAYERS.subList(0, i).toArray(String[]::new));
        }
        return layers;
    }

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("org.emrelay.runner.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule modelAndPlanArePure = noClasses()
            .that()
            .resideInAnyPackage(
                    "..runner.model..",
                    "..runner.plan..",
                    "..runner.profile..",
                    "..runner.finding..",
                    "..runner.forecast..",
                    "..runner.export..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                    "java\\.io\\.(File|FileInputStream|FileOutputStream|InputStream|PrintStream)|java\\.nio\\.file\\.Files|java\\.lang\\.(System|Thread|Process|ProcessBuilder|Runtime)|java\\.time\\.Clock|java\\.util\\.(Random|UUID)|java\\.net\\.(?!URI$).*");

    @ArchTest
    static final ArchRule sparkIsNotOnTheClassPath = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.spark..",
                    "org.emrelay.stepprocess..",
                    "org.emrelay.jobs..",
                    "org.emrelay.sqlstep..",
                    "org.emrelay.tables..");

    @ArchTest
    static final ArchRule sdkStaysInAwsPackages = noClasses()
            .that()
            .resideOutsideOfPackages("..runner.platform.emr..", "..runner.platform.aws..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon.awssdk..");

    /** Planning and pricing must not pay for loading the SDK. */
    @ArchTest
    static final ArchRule specsAndPricesNeedNoAws = noClasses()
            .that()
            .resideInAnyPackage("..platform.emr.spec..", "..platform.aws.price..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon.awssdk..", "..platform.aws.client..");

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes()
            .that()
            .areTopLevelClasses()
            .and()
            .resideOutsideOfPackage("..report.page.template..")
            .should(new com.tngtech.archunit.lang.ArchCondition<>("lie in a @NullMarked package") {
                @Override
                public void check(JavaClass item, com.tngtech.archunit.lang.ConditionEvents events) {
                    boolean marked = item.getPackage().isAnnotatedWith(NullMarked.class);
                    events.add(new com.tngtech.archunit.lang.SimpleConditionEvent(item, marked, item.getName()));
                }
            });
}
