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
import org.jspecify.annotations.NullMarked;

/** Keeps the house as it is drawn: who may know whom, and what stays pure. */
@AnalyzeClasses(packages = "org.emrelay.runner", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule importsPointOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("cli")
            .definedBy("..runner.cli..")
            .layer("report")
            .definedBy("..runner.report..")
            .layer("run")
            .definedBy("..runner.run..")
            .layer("platform.emr")
            .definedBy("..runner.platform.emr..")
            .layer("platform.local")
            .definedBy("..runner.platform.local..")
            .layer("platform")
            .definedBy("..runner.platform")
            .layer("diagnosis")
            .definedBy("..runner.diagnosis..")
            .layer("spec")
            .definedBy("..runner.spec..")
            .layer("plan")
            .definedBy("..runner.plan..")
            .layer("model")
            .definedBy("..runner.model..")
            .layer("json")
            .definedBy("..runner.json..")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("report")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("run")
            .mayOnlyBeAccessedByLayers("cli", "report")
            .whereLayer("platform.emr")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("platform.local")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("platform")
            .mayOnlyBeAccessedByLayers("cli", "report", "run", "platform.emr", "platform.local")
            .whereLayer("diagnosis")
            .mayOnlyBeAccessedByLayers("platform.emr", "platform.local")
            .whereLayer("spec")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("plan")
            .mayOnlyBeAccessedByLayers("cli", "report", "run", "platform", "platform.emr", "platform.local")
            .whereLayer("json")
            .mayOnlyBeAccessedByLayers("cli", "report", "run", "platform.emr", "platform.local", "spec");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("org.emrelay.runner.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule modelAndPlanArePure = noClasses()
            .that()
            .resideInAnyPackage("..runner.model..", "..runner.plan..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                    "java\\.io\\.(File|FileInputStream|FileOutputStream|InputStream|PrintStream)|java\\.nio\\.file\\.Files|java\\.lang\\.(System|Thread|Process|ProcessBuilder|Runtime)|java\\.time\\.Clock|java\\.util\\.(Random|UUID)|java\\.net\\..*");

    @ArchTest
    static final ArchRule sparkIsOnlyInTheStepsProcesses = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.spark..", "org.emrelay.stepprocess..", "org.emrelay.jobs..");

    @ArchTest
    static final ArchRule awsIsSpokenToInOnePlace = noClasses()
            .that()
            .resideOutsideOfPackage("..runner.platform.emr..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon.awssdk..");

    /** What is only planned or priced must not cost the loading of the SDK. */
    @ArchTest
    static final ArchRule blueprintsAndPricesNeedNoAws = noClasses()
            .that()
            .resideInAnyPackage("..platform.emr.blueprint..", "..platform.emr.price..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon.awssdk..", "..platform.emr.access..");

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes()
            .that()
            .areTopLevelClasses()
            .should(new com.tngtech.archunit.lang.ArchCondition<>("lie in a @NullMarked package") {
                @Override
                public void check(JavaClass item, com.tngtech.archunit.lang.ConditionEvents events) {
                    boolean marked = item.getPackage().isAnnotatedWith(NullMarked.class);
                    events.add(new com.tngtech.archunit.lang.SimpleConditionEvent(item, marked, item.getName()));
                }
            });
}
